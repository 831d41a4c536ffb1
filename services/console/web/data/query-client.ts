import { QueryCache, QueryClient } from '@tanstack/react-query';
import { RefusedError } from './call.ts';

export const SESSION_KEY = ['session'];
const TRIES = 3;

/** A refusal is final; a lost connection is tried again. A session that has ended shows the sign-in page. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: endSession }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => !(error instanceof RefusedError) && failures < TRIES,
      },
      mutations: { onError: endSession },
    },
  });
  function endSession(error: unknown): void {
    if (error instanceof RefusedError && error.problem.code === 'not-signed-in') {
      client.setQueryData(SESSION_KEY, null);
    }
  }
  return client;
}
