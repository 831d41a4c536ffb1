import { type Queryable } from '@leakwatch/store';

export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | (Failure & { readonly kind: 'failed'; readonly retryInMs: number })
  | (Failure & { readonly kind: 'gave-up' });

interface Failure {
  readonly error: string;
  /** The recipients that have it, by opaque ids; absent: unchanged. */
  readonly reached?: readonly string[];
}

/**
 * Records the outcome of an attempt. A delivery stays delivered, whatever a slower attempt reports later. A failure
 * counts only while no later attempt has begun.
 *
 * @param delivery - with its `attempts` from the claim
 */
export async function finishDelivery(
  db: Queryable,
  delivery: { seq: string; channel: string; attempts: number },
  outcome: DeliveryOutcome,
): Promise<void> {
  await db.query(
    `UPDATE alert_delivery SET
       leased = false,
       delivered_at = CASE WHEN $3 = 'delivered' THEN clock_timestamp() END,
       gave_up_at = CASE WHEN $3 = 'gave-up' THEN clock_timestamp() END,
       last_error = coalesce($4, last_error),
       reached = coalesce($6, reached),
       next_attempt_at = clock_timestamp() + $5 * interval '1 millisecond'
     WHERE seq = $1 AND channel = $2 AND delivered_at IS NULL
       AND ($3 = 'delivered' OR (attempts = $7 AND gave_up_at IS NULL))`,
    [
      delivery.seq,
      delivery.channel,
      outcome.kind,
      outcome.kind === 'delivered' ? null : outcome.error,
      outcome.kind === 'failed' ? outcome.retryInMs : 0,
      outcome.kind === 'delivered' ? null : (outcome.reached ?? null),
      delivery.attempts,
    ],
  );
}
