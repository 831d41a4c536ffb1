import { CANARY_CAMPAIGN_ID, SeveritySchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { DEADLINE } from './deadline.ts';

const StandingSchema = z.object({
  severity: SeveritySchema,
  /** Not acknowledged. */
  waiting: z.int(),
  /** Acknowledged, and not resolved. */
  inWork: z.int(),
  /** Those of both that are past their next deadline. */
  overdue: z.int(),
});
export type AlertStanding = z.infer<typeof StandingSchema>;

/** Counts the alerts that are not resolved, by severity, the most severe first. Severities without any are absent. */
export async function loadAlertStanding(db: Queryable, at: Date): Promise<AlertStanding[]> {
  const answer = await db.query(
    `SELECT severity, count(*) FILTER (WHERE state = 'open')::integer AS waiting,
       count(*) FILTER (WHERE state <> 'open')::integer AS "inWork",
       count(*) FILTER (WHERE ${DEADLINE} < $2)::integer AS overdue
     FROM alert a WHERE state <> 'resolved' AND campaign_id <> $1
     GROUP BY severity ORDER BY array_position($3::text[], severity) DESC`,
    [CANARY_CAMPAIGN_ID, at, SeveritySchema.options],
  );
  return parseRows(answer, StandingSchema);
}
