import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useWelcome } from '../../data/session.ts';
import { words } from '../../words/index.ts';
import { AccountFields, useTypedAccount } from './account-fields.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The one-time link. Its code stands behind the `#`, which browsers send to no server, and leaves the address at once. */
export function WelcomePage() {
  const [code] = useState(() => window.location.hash.slice(1));
  const account = useTypedAccount();
  const { name, password } = account;
  const [, navigate] = useLocation();
  const welcome = useWelcome();
  useEffect(() => {
    window.history.replaceState(null, '', window.location.pathname);
  }, []);
  const submit = () =>
    welcome.mutate({ code, name, password }, { onSuccess: () => navigate('/queue', { replace: true }) });
  if (code === '') {
    return (
      <SignInForm title={words.signIn.welcomeTitle} error={null} submit={() => undefined}>
        <p>{words.signIn.noCode}</p>
      </SignInForm>
    );
  }
  return (
    <SignInForm title={words.signIn.welcomeTitle} error={welcome.error} submit={submit}>
      <p>{words.signIn.welcomeText}</p>
      <AccountFields account={account} isNew />
      <Button type="submit" loading={welcome.isPending}>
        {words.signIn.create}
      </Button>
    </SignInForm>
  );
}
