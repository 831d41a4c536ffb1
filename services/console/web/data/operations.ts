import {
  MadeSilenceSchema,
  ReplayAnswerSchema,
  RescanEstimateSchema,
  RescanResultSchema,
  RoutesSchema,
  RulesSchema,
  StartedRescanSchema,
  TriedRoutesSchema,
  TriedRulesSchema,
  type NewProposal,
  type NewSilence,
  type ProposalDecision,
  type RescanScope,
} from '@leakwatch/console/schemas';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { call } from './call.ts';

/** Makes a change, then loads again what it may have changed. */
function useChange<Input, T>(schema: z.ZodType<T>, path: string, request: (input: Input) => Request) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { to = path, method = 'POST', body } = request(input);
      return call(schema, to, { method, ...(body === undefined ? {} : { body }) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

interface Request {
  readonly to?: string;
  readonly method?: 'POST' | 'DELETE';
  readonly body?: unknown;
}

export function useEstimate() {
  return useMutation({
    mutationFn: (scope: RescanScope) =>
      call(RescanEstimateSchema, '/v1/rescans/estimate', { method: 'POST', body: scope }),
  });
}

export const useStartRescan = () =>
  useChange(StartedRescanSchema, '/v1/rescans', (body: RescanScope) => ({ body }));

export const useChangeRescan = () =>
  useChange(
    z.object({ changed: z.array(z.string()) }),
    '/v1/rescans',
    ({ id, change }: { id: string; change: 'pause' | 'resume' | 'cancel' }) => ({
      to: `/v1/rescans/${id}/changes`,
      body: { change },
    }),
  );

export function useRescanResult(id: string) {
  const path = `/v1/rescans/${id}`;
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call(RescanResultSchema, path, { signal }),
  });
}

export const useReplay = () =>
  useChange(ReplayAnswerSchema, '/v1/dead-letters', (ids: readonly string[]) => ({
    to: '/v1/dead-letters/replay',
    body: { ids },
  }));

export const useSilence = () =>
  useChange(MadeSilenceSchema, '/v1/silences', (body: NewSilence) => ({ body }));

export const useEndSilence = () =>
  useChange(MadeSilenceSchema, '/v1/silences', (id: string) => ({
    to: `/v1/silences/${id}`,
    method: 'DELETE',
  }));

export function useRoutes() {
  const path = '/v1/routes';
  return useQuery({ queryKey: [path], queryFn: ({ signal }) => call(RoutesSchema, path, { signal }) });
}

export function useTryRoutes() {
  return useMutation({
    mutationFn: (text: string) =>
      call(TriedRoutesSchema, '/v1/routes/try', { method: 'POST', body: { text } }),
  });
}

const useProposeText = <T>(schema: z.ZodType<T>, path: string) =>
  useChange(schema, path, (body: NewProposal) => ({ to: `${path}/proposals`, body }));
export const useProposeRules = () => useProposeText(RulesSchema, '/v1/rules');
export const useProposeRoutes = () => useProposeText(RoutesSchema, '/v1/routes');

const useDecide = <T>(schema: z.ZodType<T>, path: string) =>
  useChange(schema, path, ({ id, ...body }: ProposalDecision & { readonly id: string }) => ({
    to: `${path}/proposals/${id}`,
    body,
  }));
export const useDecideRules = () => useDecide(RulesSchema, '/v1/rules');
export const useDecideRoutes = () => useDecide(RoutesSchema, '/v1/routes');

export function useTryRules() {
  return useMutation({
    mutationFn: (text: string) => call(TriedRulesSchema, '/v1/rules/try', { method: 'POST', body: { text } }),
  });
}
