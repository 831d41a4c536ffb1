import { type Queryable } from '@leakwatch/store';
import { claimTip } from '../queries/tip-decide.ts';
import { type Tip } from '../queries/tip-row.ts';

/** How long a tip shown to one reviewer is kept from the others. */
const CLAIM_MS = 30 * 60_000;

/** Gives a reviewer the next tip; null: none is left. */
export function nextTip(
  db: Queryable,
  by: string,
  clock: () => Date = () => new Date(),
): Promise<Tip | null> {
  const at = clock();
  return claimTip(db, { by, at, claimedBefore: new Date(at.getTime() - CLAIM_MS) });
}
