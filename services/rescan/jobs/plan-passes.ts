import { type RescanRequest } from '@leakwatch/contracts';
import { type EventLog, type Offsets } from '@leakwatch/event-log';
import { type PassRange } from './queries/start-pass.ts';

/** A job with what of the log it has to read. */
export interface RangedJob {
  readonly id: string;
  readonly ranges: readonly PassRange[];
}

/** One reading of the log for all its jobs; the ranges hold each of theirs. */
export interface PlannedPass {
  readonly jobs: readonly RangedJob[];
  readonly ranges: readonly PassRange[];
}

/**
 * A post's publication is told by its platform, its fingerprint's place in the log goes by our clock: a post from the future
 * by less than this is still found.
 */
const CLOCK_MARGIN_MS = 3_600_000;

/**
 * What of `fingerprints` a request has to read: from the first record that can hold a post of its time to the end as it is now. A
 * post may come to us long after its publication, so an end by time is not an end in the log.
 */
export async function rangesOf(
  log: Pick<EventLog, 'endOffsets' | 'offsetsAt'>,
  { since }: Pick<RescanRequest, 'since'>,
  ends?: Offsets,
): Promise<PassRange[]> {
  const start = since === undefined ? new Date(0) : new Date(Date.parse(since) - CLOCK_MARGIN_MS);
  const to = ends ?? (await log.endOffsets('fingerprints'));
  const from = await log.offsetsAt('fingerprints', start);
  return [...to].map(([partition, end]) => ({
    partition,
    from: smaller(from.get(partition) ?? end, end),
    to: end,
  }));
}

export function lengthOf(ranges: readonly PassRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
}

/**
 * Puts jobs that start together into passes. As all end at the same offsets, a longer one reads all that a shorter one needs; it takes along
 * those that are at least half as long, since a look at the last hour must not wait for one at the whole of history.
 */
export function planPasses(jobs: readonly RangedJob[]): PlannedPass[] {
  const open = jobs.toSorted((a, b) => lengthOf(b.ranges) - lengthOf(a.ranges));
  const passes: { jobs: RangedJob[]; ranges: readonly PassRange[]; length: number }[] = [];
  for (const job of open) {
    const length = lengthOf(job.ranges);
    const last = passes.at(-1);
    if (last !== undefined && length * 2 >= last.length) last.jobs.push(job);
    else passes.push({ jobs: [job], ranges: job.ranges, length });
  }
  return passes;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
