import { AlertEventSchema, CANARY_CAMPAIGN_ID, type AlertEvent } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({
  id: z.string(),
  change: AlertEventSchema.shape.change,
  at: z.date(),
  alert: AlertEventSchema.shape.alert,
});

/** The newest changes of alerts that the outbox has, the newest first, without the canary's. */
export async function listToldEvents(
  db: Queryable,
  { since, limit }: { readonly since: Date | null; readonly limit: number },
): Promise<AlertEvent[]> {
  const answer = await db.query(
    `SELECT o.id, o.change, o.created_at AS at, o.alert FROM alert_outbox o JOIN alert a ON a.id = o.alert_id
     WHERE ($1::timestamptz IS NULL OR o.created_at >= $1) AND a.campaign_id <> $2
     ORDER BY o.seq DESC LIMIT $3`,
    [since, CANARY_CAMPAIGN_ID, limit],
  );
  return parseRows(answer, RowSchema).map(({ at, ...event }) => ({
    schemaVersion: 1,
    ...event,
    at: at.toISOString(),
  }));
}
