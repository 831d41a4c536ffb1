import { type Detection, type Resolution } from '@leakwatch/contracts';
import { type FoundIncident } from '../queries/find-episode.ts';

/** A verdict on a post that leaked indeed: what else is found in that same post is no news. */
const JUDGED_TRUE: ReadonlySet<Resolution | null> = new Set(['confirmed', 'approved']);

/**
 * Whether a detection says that an incident happened again (docs/decisions/0304-regression-and-episodes.md), so that a
 * resolved one regresses and a snooze is over. It does not where
 * - a re-scan has found it: history wakes nobody;
 * - an edit leaves in what was judged already;
 * - something else is found in a post that was judged to be a leak. One that was judged to be none is another matter: the
 *   verdict was about what had been found until then.
 */
export function isRecurrence(detection: Detection, { bond, life }: FoundIncident): boolean {
  if (detection.rescanJobId !== null || bond === 'same-item') return false;
  return bond === 'continued' || (life.state === 'resolved' && !JUDGED_TRUE.has(life.resolution));
}
