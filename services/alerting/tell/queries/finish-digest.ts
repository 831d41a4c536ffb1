import { type Queryable } from '@leakwatch/store';
import { type DeliveryOutcome } from './finish-delivery.ts';

/** Records the outcome of an attempt, like {@link finishDelivery} for a single change. */
export async function finishDigest(
  db: Queryable,
  { id, attempts }: { id: string; attempts: number },
  outcome: DeliveryOutcome,
): Promise<void> {
  await db.query(
    `UPDATE digest SET
       leased = false,
       delivered_at = CASE WHEN $2 = 'delivered' THEN clock_timestamp() END,
       gave_up_at = CASE WHEN $2 = 'gave-up' THEN clock_timestamp() END,
       last_error = coalesce($3, last_error),
       reached = coalesce($5, reached),
       next_attempt_at = clock_timestamp() + $4 * interval '1 millisecond'
     WHERE id = $1 AND delivered_at IS NULL
       AND ($2 = 'delivered' OR (attempts = $6 AND gave_up_at IS NULL))`,
    [
      id,
      outcome.kind,
      outcome.kind === 'delivered' ? null : outcome.error,
      outcome.kind === 'failed' ? outcome.retryInMs : 0,
      outcome.kind === 'delivered' ? null : (outcome.reached ?? null),
      attempts,
    ],
  );
}
