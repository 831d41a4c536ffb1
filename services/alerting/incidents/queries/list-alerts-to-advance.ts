import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const DueSchema = z.object({ id: z.string(), creatorId: z.string() });
export type AlertToAdvance = z.infer<typeof DueSchema>;

/** Alerts whose escalation is due or whose snooze is over, the longest overdue first. */
export async function listAlertsToAdvance(db: Queryable, at: Date, limit: number): Promise<AlertToAdvance[]> {
  const answer = await db.query(
    `SELECT id, creator_id AS "creatorId" FROM alert
     WHERE campaign_id <> $3 AND (snoozed_until <= $1 OR (escalates_at <= $1 AND snoozed_until IS NULL))
     ORDER BY coalesce(snoozed_until, escalates_at), id LIMIT $2`,
    [at, limit, CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, DueSchema);
}

/** Whether this transaction may escalate now: only one of all processes may, until its transaction ends. */
export async function tryLockEscalation(tx: Queryable): Promise<boolean> {
  const answer = await tx.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('leakwatch: escalation', 0)) AS "isOurs"`,
  );
  return parseRows(answer, z.object({ isOurs: z.boolean() }))[0]?.isOurs ?? false;
}
