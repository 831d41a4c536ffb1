/** The groups of the queue: for one incident, and for counts of many by numbers that the database works out. */
import { DEADLINE } from '@leakwatch/alerting/incidents';
import { type QueueGroup } from '../schemas/index.ts';

const HOUR_MS = 3_600_000;
/** Spans of time left end here; the last one has no end. */
const SPAN_ENDS_MS: readonly number[] = [0, HOUR_MS, 24 * HOUR_MS];
const SPANS: readonly QueueGroup[] = ['overdue', 'hour', 'today', 'later'];

/** The span of an alert's time left at the instant `$1`, over the table `alert` under the name `a`; null without a deadline. */
export const DUE_SPAN = `width_bucket(${DEADLINE}, ARRAY[${SPAN_ENDS_MS.map((ms) => `$1 + interval '${ms} milliseconds'`).join(', ')}]::timestamptz[])`;

/** The same of a time left. */
export function dueSpanOf(leftMs: number): number {
  return SPAN_ENDS_MS.filter((end) => end <= leftMs).length;
}

export function groupOf({
  isResolved,
  isSnoozed,
  span,
}: {
  readonly isResolved: boolean;
  readonly isSnoozed: boolean;
  readonly span: number | null;
}): QueueGroup {
  if (isResolved) return 'resolved';
  if (isSnoozed) return 'snoozed';
  return (span === null ? undefined : SPANS[span]) ?? 'undated';
}
