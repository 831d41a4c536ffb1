import { VerdictSchema, type Verdict, type VerdictKind } from '@leakwatch/contracts';
import { type Database } from '@leakwatch/store';
import { changeAlert } from './change-alert.ts';

export interface VerdictRequest {
  /** The whole id, or 6 or more of its first digits that no other alert has. */
  readonly alertId: string;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly givenBy: string;
}

/**
 * Records an analyst's verdict on an alert and resolves it. Earlier verdicts stay; the newest counts.
 *
 * @throws AlertError if the id names no alert or more than one, or the alert is a duplicate; ZodError if the reason or
 *   the name is empty or too long
 */
export async function giveVerdict(
  store: Database,
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
