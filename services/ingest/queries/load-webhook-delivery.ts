import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({ body_sha256: z.string(), answer: z.unknown() });

/** Loads the delivery accepted under an id; null if there is none. The caller knows the answer's form. */
export async function loadWebhookDelivery(
  db: Queryable,
  id: string,
): Promise<{ bodySha256: string; answer: unknown } | null> {
  const result = await db.query('SELECT body_sha256, answer FROM webhook_delivery WHERE id = $1', [id]);
  const [row] = parseRows(result, RowSchema);
  return row === undefined ? null : { bodySha256: row.body_sha256, answer: row.answer };
}
