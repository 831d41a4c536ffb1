import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const ChangeRowSchema = z.object({
  /** The number of the event, which rises. */
  seq: z.coerce.number().int(),
  alertId: z.string(),
  campaignId: z.string(),
  change: z.string(),
  /** The alert's newest move, and who made it. */
  version: z.string(),
  by: z.string().nullable(),
  at: z.date(),
});
export type ChangeRow = Readonly<z.infer<typeof ChangeRowSchema>>;

export async function listChanges(db: Queryable, after: number, limit: number): Promise<ChangeRow[]> {
  const answer = await db.query({
    name: 'console-list-changes',
    text: `SELECT o.seq, o.alert_id AS "alertId", a.campaign_id AS "campaignId", o.change, t.id::text AS version,
       nullif(t.made_by, 'leakwatch') AS by, o.created_at AS at
     FROM alert_outbox o JOIN alert a ON a.id = o.alert_id
     CROSS JOIN LATERAL (
       SELECT id, made_by FROM alert_transition WHERE alert_id = a.id ORDER BY id DESC LIMIT 1
     ) t
     WHERE o.seq > $1 ORDER BY o.seq LIMIT $2`,
    values: [after, limit],
  });
  return parseRows(answer, ChangeRowSchema);
}

export async function loadLastChange(db: Queryable): Promise<number> {
  const answer = await db.query('SELECT coalesce(max(seq), 0) AS seq FROM alert_outbox');
  return parseRows(answer, z.object({ seq: z.coerce.number().int() }))[0]?.seq ?? 0;
}
