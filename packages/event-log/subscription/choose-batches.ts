import { partitionName } from '../adapter/log-source.ts';
import { type Held } from './held-partitions.ts';

export interface BatchRules {
  /** Names of partitions with a batch under way. One that was lost and came back may be among them. */
  readonly running: ReadonlySet<string>;
  /** Number of batches allowed at once. */
  readonly concurrency: number;
  /** How long records wait for company while they fill no batch. */
  readonly gatherMs: number;
  /** Number of records in a full batch. */
  readonly batchRecords: number;
  readonly now: number;
}

export interface Choice {
  /** Where to start a batch now: first the partitions that have waited longest for one. */
  readonly ready: readonly Held[];
  /** When to choose again, in milliseconds, because records have waited long enough by then. */
  readonly againInMs: number | undefined;
}

/** Chooses the partitions whose next batch starts now. */
export function chooseBatches(held: readonly Held[], rules: BatchRules): Choice {
  const open = held.filter(
    (one) =>
      one.state === 'idle' &&
      one.position < one.end &&
      !one.leaving &&
      one.cutAt === null &&
      !rules.running.has(partitionName(one)),
  );
  const waits = open.map((one) => leftToGather(one, rules)).filter((leftMs) => leftMs > 0);
  const ready = open
    .filter((one) => leftToGather(one, rules) <= 0)
    .sort((a, b) => a.servedAt - b.servedAt)
    .slice(0, Math.max(0, rules.concurrency - rules.running.size));
  return { ready, againInMs: waits.length === 0 ? undefined : Math.min(...waits) };
}

/** How long a partition's records still wait for others. A full batch waits for none. */
function leftToGather(one: Held, { gatherMs, batchRecords, now }: BatchRules): number {
  if (gatherMs === 0 || one.end - one.position >= batchRecords) return 0;
  return one.waitingSince + gatherMs - now;
}
