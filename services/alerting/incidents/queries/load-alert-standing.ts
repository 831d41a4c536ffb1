import { CANARY_CAMPAIGN_ID, SeveritySchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const StandingSchema = z.object({
  severity: SeveritySchema,
  /** Nobody has taken them up. */
  waiting: z.int(),
  /** Somebody has, and they are not resolved. */
  inWork: z.int(),
  /** Of both, those that somebody should have acknowledged, or resolved, by now. */
  overdue: z.int(),
});
export type AlertStanding = z.infer<typeof StandingSchema>;

/** How many alerts are not resolved, the most severe first; snoozed ones are due when they wake. Severities without any are absent. */
export async function loadAlertStanding(db: Queryable): Promise<AlertStanding[]> {
  const answer = await db.query(
    `SELECT severity, count(*) FILTER (WHERE state = 'open')::integer AS waiting,
       count(*) FILTER (WHERE state <> 'open')::integer AS "inWork",
       count(*) FILTER (
         WHERE snoozed_until IS NULL
           AND clock_timestamp() > CASE state WHEN 'open' THEN due_at ELSE resolve_due_at END
       )::integer AS overdue
     FROM alert WHERE state <> 'resolved' AND campaign_id <> $1
     GROUP BY severity ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], severity)`,
    [CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, StandingSchema);
}
