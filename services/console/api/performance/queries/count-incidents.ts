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
