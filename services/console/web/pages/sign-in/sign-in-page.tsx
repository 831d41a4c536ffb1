import { Button } from '@mantine/core';
import { useSignIn } from '../../data/session.ts';
import { words } from '../../words/index.ts';
import { AccountFields, useTypedAccount } from './account-fields.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const account = useTypedAccount();
  const { name, password } = account;
  const signIn = useSignIn();
  return (
    <SignInForm
      title={words.signIn.title}
      error={signIn.error}
      submit={() => signIn.mutate({ name, password })}
    >
      <AccountFields account={account} isNew={false} />
      <Button type="submit" loading={signIn.isPending}>
        {words.signIn.submit}
      </Button>
      <p>{words.signIn.hint}</p>
    </SignInForm>
  );
}
