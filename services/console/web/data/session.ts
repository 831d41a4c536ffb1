import { SessionSchema, SignInMethodsSchema, type Session } from '@leakwatch/console/schemas';
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { call, callForNothing, RefusedError } from './call.ts';
import { SESSION_KEY } from './query-client.ts';

/** The signed-in account; null if nobody is signed in. */
export function useSessionQuery(): UseQueryResult<Session | null> {
  return useQuery({
    queryKey: SESSION_KEY,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      try {
        return await call(SessionSchema, '/v1/session', { signal });
      } catch (error) {
        if (error instanceof RefusedError && error.problem.code === 'not-signed-in') return null;
        throw error;
      }
    },
  });
}

export const SessionContext = createContext<Session | null>(null);

/** The session of a page that only shows to somebody signed in. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('this page needs a session');
  return session;
}

export interface Welcome {
  readonly code: string;
  readonly name: string;
  readonly password: string;
}

/** The ways to sign in beside name and password. */
export function useSignInMethods() {
  return useQuery({
    queryKey: ['sign-in-methods'],
    staleTime: Infinity,
    queryFn: ({ signal }) => call(SignInMethodsSchema, '/v1/session/methods', { signal }),
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { name: string; password: string }) =>
      call(SessionSchema, '/v1/session', { method: 'POST', body: credentials }),
    onSuccess: (session) => client.setQueryData(SESSION_KEY, session),
  });
}

export function useWelcome() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (welcome: Welcome) =>
      call(SessionSchema, '/v1/session/welcome', { method: 'POST', body: welcome }),
    onSuccess: (session) => client.setQueryData(SESSION_KEY, session),
  });
}

/** Forgets everything that was loaded: the next person at this screen may see less. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callForNothing('/v1/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.clear();
      client.setQueryData(SESSION_KEY, null);
    },
  });
}
