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
import { queryOptions, useQuery } from '@tanstack/react-query';
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

export function creatorsQuery(q: string, tier: number | null) {
  const params = new URLSearchParams({ limit: '500' });
  if (q !== '') params.set('q', q);
  if (tier !== null) params.set('tier', String(tier));
  const path = `/v1/creators?${params.toString()}`;
  return queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => call(CreatorsSchema, path, { signal }),
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
