import { VerdictSchema, type Verdict, type VerdictKind } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { changeAlert } from './change-alert.ts';

export interface VerdictRequest {
  /** The alert's id, or so many of its first digits that no other alert has them: 6 or more. */
  readonly alertId: string;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly givenBy: string;
}

/**
 * Notes what an analyst decided about an alert and resolves it. Earlier verdicts stay; the newest counts.
 *
 * @throws AlertError where the id is no alert's or more than one's, or it is a duplicate; ZodError where the reason or the name is
 *   empty or too long
 */
export async function giveVerdict(
  store: Pick<Store, 'pool' | 'transaction'>,
  { alertId, verdict, reason, givenBy }: VerdictRequest,
  clock: () => Date = () => new Date(),
): Promise<Verdict> {
  const at = clock();
  const move = { change: 'verdict-given', verdict } as const;
  const { id } = await changeAlert(store, { alertId, move, reason, by: givenBy }, () => at);
  return VerdictSchema.parse({
    schemaVersion: 1,
    alertId: id,
    verdict,
    reason,
    givenBy,
    givenAt: at.toISOString(),
  });
}
