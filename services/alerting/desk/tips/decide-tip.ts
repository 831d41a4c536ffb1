import { type ReviewVerdict } from '@leakwatch/contracts';
import { type Database, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { AlertError, findAlert } from '../find-alert.ts';
import { saveTipDecision } from '../queries/tip-decide.ts';
import { lockTipsByPrefix } from '../queries/tip-list.ts';
import { type Tip } from '../queries/tip-row.ts';
import { attach } from './settle-tips.ts';

/** A person's decision about a tip. */
export type TipDecision =
  | { readonly kind: 'dismiss'; readonly reason: string }
  /** The id may be a prefix. */
  | { readonly kind: 'attach'; readonly alertId: string }
  | { readonly kind: 'review'; readonly verdict: ReviewVerdict; readonly campaignId: string | null };

export interface DecidedTip {
  readonly id: string;
  readonly decision: TipDecision;
}

const PersonSchema = z.string().trim().min(1).max(200);
const ReasonSchema = z.string().trim().min(1, 'to dismiss a tip takes a reason').max(2000);

/**
 * Writes a person's decision about a tip; a later one replaces an earlier one.
 *
 * @param id - the whole id, or 6 or more of its first digits that no other tip has
 * @throws AlertError if there is no such tip or alert; ZodError if a name or a reason is empty or too long
 */
export async function decideTip(
  store: Database,
  { id, by, decision }: { id: string; by: string; decision: TipDecision },
  clock: () => Date = () => new Date(),
): Promise<DecidedTip> {
  const person = PersonSchema.parse(by);
  const at = clock();
  if (decision.kind === 'attach') {
    const alert = await findAlert(store, decision.alertId);
    return store.transaction(async (tx) => {
      const tip = await findTip(tx, id);
      await attach(tx, tip, { alert, by: person, at });
      return { id: tip.id, decision };
    });
  }
  const made =
    decision.kind === 'dismiss'
      ? { state: 'dismissed' as const, reason: ReasonSchema.parse(decision.reason) }
      : { state: 'reviewed' as const, verdict: decision.verdict, campaignId: decision.campaignId };
  return store.transaction(async (tx) => {
    const tip = await findTip(tx, id);
    await saveTipDecision(tx, { id: tip.id, by: person, at, decision: made });
    return { id: tip.id, decision };
  });
}

async function findTip(tx: Queryable, id: string): Promise<Tip> {
  const prefix = id.toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) {
    throw new AlertError('bad-id', `\`${id}\` is not a tip's id: give 6 to 64 of its hexadecimal digits`);
  }
  const [tip, another] = await lockTipsByPrefix(tx, prefix);
  if (tip === undefined) throw new AlertError('unknown-tip', `no tip's id begins with ${prefix}`);
  if (another === undefined) return tip;
  throw new AlertError(
    'ambiguous-id',
    `more than one tip's id begins with ${prefix}: give more of its digits`,
  );
}
