import { AlertStateSchema, CANARY_CAMPAIGN_ID, SeveritySchema, TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const CountSchema = z.object({
  tier: TierSchema,
  severity: SeveritySchema,
  state: AlertStateSchema.exclude(['resolved']),
  count: z.int(),
  /** Start of the longest wait among alerts that people were told of and have not acknowledged; null: none waits. */
  waitingSince: z.date().nullable(),
  /** The nearest deadline among them, which may have passed. */
  dueAt: z.date().nullable(),
});
export type OpenAlertCount = z.infer<typeof CountSchema>;

/** People were told of it, and nobody has acknowledged it. */
const WAITS = `state = 'open' AND snoozed_until IS NULL AND (escalates_at IS NOT NULL OR escalation_level > 0)`;

/** Counts the alerts that are not resolved. Groups without any are absent. */
export async function countOpenAlerts(db: Queryable): Promise<OpenAlertCount[]> {
  const answer = await db.query(
    `SELECT tier, severity, state, count(*)::integer AS count,
       min(coalesce(reopened_at, opened_at)) FILTER (WHERE ${WAITS}) AS "waitingSince",
       min(due_at) FILTER (WHERE ${WAITS}) AS "dueAt"
     FROM alert WHERE state <> 'resolved' AND campaign_id <> $1
     GROUP BY tier, severity, state ORDER BY tier, severity, state`,
    [CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, CountSchema);
}
