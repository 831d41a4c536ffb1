import { type Queryable } from '@leakwatch/store';
import { claimLeakReport } from '../queries/leak-report-decide.ts';
import { type LeakReport } from '../queries/leak-report-row.ts';

/** For so long a report that a reviewer has been shown is shown to nobody else. */
const CLAIM_MS = 30 * 60_000;

/** The next report for a reviewer; null: none is left. */
export function nextReport(
  db: Queryable,
  by: string,
  clock: () => Date = () => new Date(),
): Promise<LeakReport | null> {
  const at = clock();
  return claimLeakReport(db, { by, at, claimedBefore: new Date(at.getTime() - CLAIM_MS) });
}
