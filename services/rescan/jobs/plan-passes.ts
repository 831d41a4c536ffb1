import { type RescanRequest } from '@leakwatch/contracts';
import { type EventLog, type Offsets } from '@leakwatch/event-log';
import { type PassRange } from './queries/start-pass.ts';

/** A job with the ranges of the log that it must read. */
export interface RangedJob {
  readonly id: string;
  readonly ranges: readonly PassRange[];
}

/** One reading of the log for several jobs; the ranges cover each of theirs. */
export interface PlannedPass {
  readonly jobs: readonly RangedJob[];
  readonly ranges: readonly PassRange[];
}

/** Platforms date posts, our clock dates fingerprints: a post dated up to this far ahead is still found. */
const CLOCK_MARGIN_MS = 3_600_000;

/**
 * Finds the ranges of `fingerprints` for a request: from the first record that can hold a post of its time, to the
 * current end. A post may reach us long after its publication, so its end by time has no place in the log.
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
 * Groups jobs that start together into passes. All end at the same offsets, so a longer pass reads all that a shorter
 * one needs. It takes along jobs at least half as long: a look at the last hour must not wait for all of history.
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
