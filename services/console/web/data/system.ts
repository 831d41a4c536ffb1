import {
  CreatorsSchema,
  DeadLettersSchema,
  PerformanceSchema,
  RescansSchema,
  RulesSchema,
  SilencesSchema,
  SystemSchema,
  AuditSchema,
  TriedTextSchema,
  WatchListSchema,
} from '@leakwatch/console/schemas';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type z } from 'zod';
import { call } from './call.ts';

const MINUTE_MS = 60_000;

function useRead<T>(schema: z.ZodType<T>, path: string, refetchInterval: number | false = false) {
  return useQuery({
    queryKey: [path],
    refetchInterval,
    queryFn: ({ signal }) => call(schema, path, { signal }),
  });
}

export const useSystem = () => useRead(SystemSchema, '/v1/system', MINUTE_MS);
export const useWatchList = () => useRead(WatchListSchema, '/v1/watch-list');
export const useRescans = () => useRead(RescansSchema, '/v1/rescans', MINUTE_MS / 6);
export const useDeadLetters = () => useRead(DeadLettersSchema, '/v1/dead-letters');
export const useSilences = () => useRead(SilencesSchema, '/v1/silences');
export const useRules = () => useRead(RulesSchema, '/v1/rules');
export const useAudit = () => useRead(AuditSchema, '/v1/audit');

/** The creators that match, page by page. */
export function useCreators(q: string, tier: number | null) {
  return useInfiniteQuery({
    queryKey: ['creators', q, tier],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams();
      if (q !== '') params.set('q', q);
      if (tier !== null) params.set('tier', String(tier));
      if (pageParam !== '') params.set('cursor', pageParam);
      return call(CreatorsSchema, `/v1/creators?${params.toString()}`, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** The values of the report's scope, as the page's address and the server's have them. */
export function usePerformance(scope: URLSearchParams) {
  return useRead(PerformanceSchema, `/v1/performance?${scope.toString()}`);
}

export function tryText(text: string, ofDraft: boolean) {
  const body = { text, draft: ofDraft };
  return call(TriedTextSchema, '/v1/watch-list/try', { method: 'POST', body });
}
