import {
  AccountSchema,
  AccountsSchema,
  InvitedAccountSchema,
  IssuedTokenSchema,
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
    mutationFn: (account: { name: string; role: Role; campaigns: string[] | null }) =>
      call(InvitedAccountSchema, '/v1/accounts', { method: 'POST', body: account }),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

export function useChangeAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: { id: number; disabled?: boolean; role?: Role }) =>
      call(AccountSchema, `/v1/accounts/${id}`, { method: 'PATCH', body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

export function useTokens() {
  return useQuery({
    queryKey: TOKENS,
    queryFn: ({ signal }) => call(TokensSchema, '/v1/tokens', { signal }),
  });
}

export function useNewToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (token: { name: string; scopes: ('read' | 'work')[] }) =>
      call(IssuedTokenSchema, '/v1/tokens', { method: 'POST', body: token }),
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
