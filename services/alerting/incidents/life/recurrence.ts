import { type Detection, type Resolution } from '@leakwatch/contracts';
import { type FoundIncident } from '../queries/find-episodes.ts';

/** Verdicts that confirm the match: another finding in the same post is no news. */
const JUDGED_TRUE: ReadonlySet<Resolution | null> = new Set(['confirmed', 'approved']);

/**
 * Whether a detection means that the incident happened again, which reopens it and ends a snooze
 * (docs/decisions/0304-regression-and-episodes.md). It does not if
 * - a re-scan found it: history sends no notice;
 * - it is an edit that leaves in what was judged before;
 * - it is another finding in a post that was judged a leak. In a post judged innocent it does count: that verdict was
 *   about the earlier finding.
 */
export function isRecurrence(detection: Detection, { bond, life }: FoundIncident): boolean {
  if (detection.rescanJobId !== null || bond === 'same-item') return false;
  return bond === 'continued' || (life.state === 'resolved' && !JUDGED_TRUE.has(life.resolution));
}
