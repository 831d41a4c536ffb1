import { SHORTEST_PASSWORD } from '@leakwatch/console/schemas';
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { words } from '../../words/index.ts';

/** The name and the password of an account, as typed. */
export interface TypedAccount {
  readonly name: string;
  readonly password: string;
  readonly setName: (name: string) => void;
  readonly setPassword: (password: string) => void;
}

export function useTypedAccount(): TypedAccount {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return { name, password, setName, setPassword };
}

/** Both fields of a form, for an account that exists or for a new one. */
export function AccountFields({ account, isNew }: { account: TypedAccount; isNew: boolean }) {
  return (
    <>
      <TextInput
        label={words.signIn.name}
        name="username"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={account.name}
        onChange={({ currentTarget }) => account.setName(currentTarget.value)}
      />
      <PasswordInput
        label={isNew ? words.signIn.newPassword : words.signIn.password}
        name={isNew ? 'new-password' : 'password'}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        withAsterisk={false}
        {...(isNew ? { minLength: SHORTEST_PASSWORD } : {})}
        value={account.password}
        onChange={({ currentTarget }) => account.setPassword(currentTarget.value)}
      />
    </>
  );
}
