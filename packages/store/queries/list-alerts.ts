import { type Alert, type Severity } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';
import { alertAsJson, parseAlerts } from './alert-row.ts';

export interface AlertFilter {
  readonly state?: Alert['state'];
  readonly severity?: Severity;
  readonly campaignId?: string;
  readonly limit: number;
}

/** The alerts that the filter lets through with all their occurrences, the newest first. */
export async function listAlerts(db: Queryable, filter: AlertFilter): Promise<Alert[]> {
  const answer = await db.query(
    `SELECT ${alertAsJson('NULL')} FROM alert a
     WHERE ($1::text IS NULL OR a.state = $1) AND ($2::text IS NULL OR a.severity = $2)
       AND ($3::text IS NULL OR a.campaign_id = $3)
     ORDER BY a.opened_at DESC, a.id LIMIT $4`,
    [filter.state ?? null, filter.severity ?? null, filter.campaignId ?? null, filter.limit],
  );
  return parseAlerts(answer);
}
