import { startStage, type RunningStage, type Stage, type StageTools } from '@leakwatch/event-log/stage';
import { keepBytes } from '@leakwatch/store';
import { createAccountHearer } from './hear-accounts.ts';
import { createHearing, type HearingOptions } from './hear-posts.ts';

/** A group of its own: however long it takes, no alert waits for it. */
export const HEARING_GROUP = 'alerting-posts';

/** Long, because nothing waits for the result, and a batch costs five statements however large it is. */
const GATHER_MS = 500;

/** Takes registered creators' posts until it is stopped. */
export function startHearing(
  options: Omit<HearingOptions, 'hearer'> & Omit<StageTools, 'savePayload'>,
): Promise<RunningStage> {
  const stage: Stage = {
    name: HEARING_GROUP,
    topic: 'posts',
    maxBatchRecords: 500,
    concurrency: 2,
    gatherMs: GATHER_MS,
    maxAttempts: 1,
    process: createHearing({ ...options, hearer: createAccountHearer() }),
    // It reads every post: a span of each would say nothing.
    isTraced: false,
  };
  return startStage(stage, { ...options, savePayload: keepBytes(options.store.pool) });
}
