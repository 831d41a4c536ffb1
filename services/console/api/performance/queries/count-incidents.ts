import { type ReportScope } from '@leakwatch/alerting/measure';
import { CANARY_CAMPAIGN_ID, SeveritySchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const IN_SCOPE = `a.campaign_id <> $4
  AND ($1::timestamptz IS NULL OR a.opened_at >= $1) AND ($2::timestamptz IS NULL OR a.opened_at < $2)
  AND ($3::text IS NULL OR a.campaign_id = $3)`;

function valuesOf({ since, until, campaignId }: ReportScope): unknown[] {
  return [since, until, campaignId, CANARY_CAMPAIGN_ID];
}

const HeatSchema = z.object({ violation: z.string(), severity: SeveritySchema, count: z.int() });

/** Incidents by type and severity. */
export async function countByViolation(
  db: Queryable,
  scope: ReportScope,
): Promise<z.infer<typeof HeatSchema>[]> {
  const answer = await db.query(
    `SELECT coalesce(a.violation, 'other') AS violation, a.severity, count(*)::integer AS count
     FROM alert a WHERE ${IN_SCOPE} GROUP BY 1, 2 ORDER BY 1, 2`,
    valuesOf(scope),
  );
  return parseRows(answer, HeatSchema);
}

const RecurrenceSchema = z.object({ creators: z.int(), again: z.int(), regressions: z.int() });
export type Recurrence = z.infer<typeof RecurrenceSchema>;

/** Creators with an incident, those with more than one, and incidents that happened again after they were resolved. */
export async function countRecurrence(db: Queryable, scope: ReportScope): Promise<Recurrence> {
  const answer = await db.query(
    `SELECT count(*)::integer AS creators, count(*) FILTER (WHERE incidents > 1)::integer AS again,
       coalesce(sum(regressions), 0)::integer AS regressions
     FROM (
       SELECT a.creator_id, count(*) AS incidents, sum(a.regressions) AS regressions
       FROM alert a WHERE ${IN_SCOPE} AND a.duplicate_of IS NULL GROUP BY a.creator_id
     ) c`,
    valuesOf(scope),
  );
  return parseRows(answer, RecurrenceSchema)[0] ?? { creators: 0, again: 0, regressions: 0 };
}

const PlatformSchema = z.object({ name: z.string(), alerts: z.int(), confirmed: z.int() });

/** Incidents by the platform of their first finding. */
export async function countByPlatform(
  db: Queryable,
  scope: ReportScope,
): Promise<z.infer<typeof PlatformSchema>[]> {
  const answer = await db.query(
    `SELECT coalesce(p.name, 'unknown') AS name, count(*)::integer AS alerts,
       count(*) FILTER (WHERE a.resolution = 'confirmed')::integer AS confirmed
     FROM alert a LEFT JOIN LATERAL (
       SELECT substring(o.detection::text FROM '"platform":"([^"\\\\]*)"') AS name
       FROM alert_occurrence o WHERE o.alert_id = a.id ORDER BY o.position LIMIT 1
     ) p ON true
     WHERE ${IN_SCOPE} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30`,
    valuesOf(scope),
  );
  return parseRows(answer, PlatformSchema);
}
