/** The groups of the queue: for one incident, and for counts of many by numbers that the database works out. */
import { DEADLINE } from '@leakwatch/alerting/incidents';
import { type QueueGroup } from '../schemas/index.ts';

const HOUR_MS = 3_600_000;
/** Spans of time left end here; the last one has no end. */
const SPAN_ENDS_MS: readonly number[] = [0, HOUR_MS, 24 * HOUR_MS];
/** A group's number is its place. An incident without a deadline has none. */
const GROUPS: readonly QueueGroup[] = ['overdue', 'hour', 'today', 'later', 'snoozed', 'resolved'];
const SNOOZED = GROUPS.indexOf('snoozed');
const RESOLVED = GROUPS.indexOf('resolved');

/**
 * The number of an alert's group at the instant `at`, over the table `alert` under the name `a`. Null without a deadline.
 *
 * @param ends - the value of {@link spanEnds}. Sums worked out here would be worked out for each row.
 */
export function groupNumberSql(at: string, ends: string): string {
  return `CASE WHEN a.state = 'resolved' THEN ${RESOLVED} WHEN a.snoozed_until > ${at} THEN ${SNOOZED}
    ELSE width_bucket(${DEADLINE}, ${ends}::timestamptz[]) END`;
}

/** The instants at which the spans of time left end, seen from `at`. */
export function spanEnds(at: Date): Date[] {
  return SPAN_ENDS_MS.map((ms) => new Date(at.getTime() + ms));
}

export function groupOfNumber(number: number | null): QueueGroup {
  return (number === null ? undefined : GROUPS[number]) ?? 'undated';
}

/** @param leftMs - the time until its deadline; null without one */
export function groupOf({
  isResolved,
  isSnoozed,
  leftMs,
}: {
  readonly isResolved: boolean;
  readonly isSnoozed: boolean;
  readonly leftMs: number | null;
}): QueueGroup {
  if (isResolved) return 'resolved';
  if (isSnoozed) return 'snoozed';
  return groupOfNumber(leftMs === null ? null : SPAN_ENDS_MS.filter((end) => end <= leftMs).length);
}
