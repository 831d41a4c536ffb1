import { type Queryable } from '@leakwatch/store';

/** Keeps the answer to an accepted delivery. The first answer to an id stays. */
export async function saveWebhookDelivery(
  tx: Queryable,
  delivery: { readonly id: string; readonly bodySha256: string; readonly answer: unknown },
): Promise<void> {
  await tx.query(
    'INSERT INTO webhook_delivery (id, body_sha256, answer) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
    [delivery.id, delivery.bodySha256, JSON.stringify(delivery.answer)],
  );
}
