import { type Queryable } from '@leakwatch/store';

/** Deletes deliveries received before an instant; returns their number. */
export async function deleteWebhookDeliveries(db: Queryable, before: Date): Promise<number> {
  const answer = await db.query('DELETE FROM webhook_delivery WHERE received_at < $1', [before]);
  return answer.rowCount ?? 0;
}
