import { type Queryable } from '@leakwatch/store';
import { claimLeakReport } from '../queries/leak-report-decide.ts';
import { type LeakReport } from '../queries/leak-report-row.ts';

/** How long a report shown to one reviewer is kept from the others. */
const CLAIM_MS = 30 * 60_000;

/** Gives a reviewer the next report; null: none is left. */
export function nextReport(
  db: Queryable,
  by: string,
  clock: () => Date = () => new Date(),
): Promise<LeakReport | null> {
  const at = clock();
  return claimLeakReport(db, { by, at, claimedBefore: new Date(at.getTime() - CLAIM_MS) });
}
