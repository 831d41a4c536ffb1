import { randomBytes } from 'node:crypto';
import {
  describeIssues,
  RescanRequestSchema,
  type RescanCause,
  type RescanRequest,
} from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { loadCurrentWatchList, type Store } from '@leakwatch/store';
import { type z } from 'zod';
import { loadRescanRate } from './queries/load-rate.ts';
import { type JobQueue } from './job-queue.ts';
import { lengthOf, rangesOf } from './plan-passes.ts';
import { createRescanJob } from './queries/create-job.ts';
import { RescanError } from './rescan-error.ts';
import { missingFrom } from './select-items.ts';

/**
 * Checks a request against the watch list and the clock.
 *
 * @throws RescanError that names the mistake
 */
export async function checkRequest(
  store: Pick<Store, 'pool'>,
  input: z.input<typeof RescanRequestSchema>,
  now: Date,
): Promise<RescanRequest> {
  const parsed = RescanRequestSchema.safeParse(input);
  if (!parsed.success) throw new RescanError(describeIssues(parsed.error).join('; '));
  const request = parsed.data;
  const { since, until } = request;
  if (since !== undefined && Date.parse(since) > now.getTime()) {
    throw new RescanError(`the range begins in the future, at ${since}: there is nothing to re-scan yet`);
  }
  if (since !== undefined && until !== undefined && Date.parse(until) <= Date.parse(since)) {
    throw new RescanError(`the range is empty: it ends at ${until} and begins at ${since}`);
  }
  const list = await loadCurrentWatchList(store.pool);
  if (list === null) throw new RescanError('there is no watch list: import one first');
  const missing = missingFrom(request, list);
  if (missing !== null) throw new RescanError(missing);
  return request;
}

export interface RescanEstimate {
  /** Fingerprints to read: two for a post with pictures, one for a post without. */
  readonly fingerprints: number;
  /** Seconds, at the rate of the newest passes; null if none has finished. */
  readonly seconds: number | null;
}

export async function estimateRescan(
  store: Pick<Store, 'pool'>,
  log: Pick<EventLog, 'endOffsets' | 'offsetsAt'>,
  request: RescanRequest,
): Promise<RescanEstimate> {
  const fingerprints = lengthOf(await rangesOf(log, request));
  const rate = await loadRescanRate(store.pool);
  return { fingerprints, seconds: rate === null ? null : fingerprints / rate };
}

/** Makes a waiting job of a checked request. Gives its id. */
export async function requestRescan(
  store: Pick<Store, 'transaction'>,
  queue: Pick<JobQueue, 'send'>,
  job: {
    cause: RescanCause;
    request: RescanRequest;
    requestedBy: string;
    id?: string;
    after?: Date;
    at: Date;
  },
): Promise<string> {
  const id = job.id ?? randomBytes(6).toString('hex');
  await store.transaction(async (tx) => {
    const { cause, request, requestedBy, at } = job;
    if (await createRescanJob(tx, { id, cause, request, requestedBy, at }))
      await queue.send(tx, id, job.after);
  });
  return id;
}
