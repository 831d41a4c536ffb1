import {
  AccountSchema,
  AccountsSchema,
  InvitedAccountSchema,
  IssuedTokenSchema,
  SessionSchema,
  TokensSchema,
  type Role,
} from '@leakwatch/console/schemas';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';

const ACCOUNTS = ['accounts'];
const TOKENS = ['tokens'];

export function useAccounts() {
  return useQuery({
    queryKey: ACCOUNTS,
    queryFn: ({ signal }) => call(AccountsSchema, '/v1/accounts', { signal }),
  });
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (account: { name: string; role: Role; campaigns: readonly string[] | null }) =>
      call(InvitedAccountSchema, '/v1/accounts', { method: 'POST', body: account }),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

interface AccountChange {
  readonly id: number;
  readonly role?: Role;
  /** Null: all. */
  readonly campaigns?: readonly string[] | null;
  readonly disabled?: boolean;
}

export function useChangeAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: AccountChange) =>
      call(AccountSchema, `/v1/accounts/${id}`, { method: 'PATCH', body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

/** Makes a one-time link with which an account's owner sets a new password. */
export function useNewLink() {
  return useMutation({
    mutationFn: (id: number) =>
      call(InvitedAccountSchema, `/v1/accounts/${id}/link`, { method: 'POST', body: {} }),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (change: { current: string; next: string }) =>
      call(SessionSchema, '/v1/session/password', { method: 'POST', body: change }),
  });
}

export function useTokens() {
  return useQuery({
    queryKey: TOKENS,
    queryFn: ({ signal }) => call(TokensSchema, '/v1/tokens', { signal }),
  });
}

interface NewToken {
  readonly name: string;
  readonly scopes: readonly ('read' | 'work')[];
  /** Null: those of the account. */
  readonly campaigns: readonly string[] | null;
  readonly days: number;
}

export function useNewToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: NewToken) => call(IssuedTokenSchema, '/v1/tokens', { method: 'POST', body: token }),
    onSuccess: () => client.invalidateQueries({ queryKey: TOKENS }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(TokensSchema, `/v1/tokens/${id}`, { method: 'DELETE', body: {} }),
    onSuccess: (tokens) => client.setQueryData(TOKENS, tokens),
  });
}
