import { NextSampleSchema, ReviewAnswerSchema, type NextSample } from '@leakwatch/console/schemas';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';

const KEY = ['review'];

/** The post to review now. Asking for one keeps it for this reviewer. */
export function useNextSample() {
  return useQuery({
    queryKey: KEY,
    staleTime: Infinity,
    queryFn: ({ signal }) => call(NextSampleSchema, '/v1/review/next', { method: 'POST', body: {}, signal }),
  });
}

export interface ReviewDecision {
  readonly id: string;
  readonly verdict: 'leak' | 'innocent' | 'unsure';
  readonly campaignId: string | null;
}

/** Decides on a post; the answer brings the next one. */
export function useDecide(onDone: (missed: boolean) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verdict, campaignId }: ReviewDecision) =>
      call(ReviewAnswerSchema, `/v1/review/${id}`, { method: 'POST', body: { verdict, campaignId } }),
    onSuccess: ({ missed, next }) => {
      client.setQueryData<NextSample>(KEY, next);
      onDone(missed);
    },
    onError: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
