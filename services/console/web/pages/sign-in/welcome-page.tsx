import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useWelcome } from '../../data/session.ts';
import { words } from '../../words/index.ts';
import { SignInForm } from './sign-in-form.tsx';

/** The one-time link. Its code stands behind the `#`, which browsers send to no server, and leaves the address at once. */
export function WelcomePage() {
  const [code] = useState(() => window.location.hash.slice(1));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
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
      <TextInput
        label={words.signIn.name}
        name="username"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PasswordInput
        label={words.signIn.newPassword}
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={12}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Button type="submit" loading={welcome.isPending}>
        {words.signIn.create}
      </Button>
    </SignInForm>
  );
}
