import { type Database } from '@leakwatch/store';
import { z } from 'zod';
import { AlertError } from '../find-alert.ts';
import { placeEvidenceHold, releaseEvidenceHold } from '../queries/evidence-hold.ts';

const NameSchema = z.string().trim().min(1);
const ReasonSchema = z.string().trim().min(1, 'a hold needs a reason').max(2000);

/**
 * Keeps an alert's evidence until the hold is released.
 *
 * @throws AlertError if it is held already; ZodError if no reason is given
 */
export async function holdEvidence(
  store: Pick<Database, 'transaction'>,
  alertId: string,
  { reason, by }: { readonly reason: string; readonly by: string },
  clock: () => Date = () => new Date(),
): Promise<void> {
  const hold = { reason: ReasonSchema.parse(reason), by: NameSchema.parse(by), at: clock() };
  await store.transaction(async (tx) => {
    if (await placeEvidenceHold(tx, alertId, hold)) return;
    // Thrown in the transaction, so that whatever else it wrote falls with it.
    throw new AlertError(
      'illegal-move',
      'its evidence is held already: release it first to hold it for another reason',
    );
  });
}

/** @throws AlertError if it is not held */
export async function releaseEvidence(
  store: Pick<Database, 'pool'>,
  alertId: string,
  { by }: { readonly by: string },
  clock: () => Date = () => new Date(),
): Promise<void> {
  const isReleased = await releaseEvidenceHold(store.pool, alertId, {
    by: NameSchema.parse(by),
    at: clock(),
  });
  if (!isReleased) throw new AlertError('illegal-move', 'its evidence is not held');
}
