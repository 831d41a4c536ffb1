import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSignIn } from '../../data/session.ts';
import { words } from '../../words/index.ts';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  return (
    <SignInForm
      title={words.signIn.title}
      error={signIn.error}
      submit={() => signIn.mutate({ name, password })}
    >
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
        label={words.signIn.password}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Button type="submit" loading={signIn.isPending}>
        {words.signIn.submit}
      </Button>
      <p>{words.signIn.hint}</p>
    </SignInForm>
  );
}
