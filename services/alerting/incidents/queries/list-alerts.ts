import {
  CANARY_CAMPAIGN_ID,
  type Alert,
  type AlertState,
  type Severity,
  type Tier,
} from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { alertAsJson, parseAlerts } from './alert-row.ts';
import { BY_PRIORITY } from './by-priority.ts';
import { DEADLINE } from './deadline.ts';

export interface AlertFilter {
  readonly state?: AlertState;
  readonly severity?: Severity;
  readonly tier?: Tier;
  readonly assignee?: string;
  readonly creatorId?: string;
  readonly campaignId?: string;
  /** Only alerts whose next deadline had passed by then. */
  readonly overdueAt?: Date;
  /** `newest` first by default; `deadline`: the least time left first, resolved ones last; `priority`: the worst first. */
  readonly order?: keyof typeof ORDERS;
  readonly limit: number;
}

const ORDERS = { newest: 'NULL::timestamptz', deadline: DEADLINE, priority: BY_PRIORITY };

/** The alerts that pass the filter, with all their occurrences. */
export async function listAlerts(db: Queryable, filter: AlertFilter): Promise<Alert[]> {
  const answer = await db.query(
    `SELECT ${alertAsJson('NULL')} FROM alert a
     WHERE ($1::text IS NULL OR a.state = $1) AND ($2::text IS NULL OR a.severity = $2)
       AND ($3::text IS NULL OR a.campaign_id = $3) AND a.campaign_id <> $5
       AND ($6::integer IS NULL OR a.tier = $6) AND ($7::text IS NULL OR a.assignee = $7)
       AND ($8::timestamptz IS NULL OR ${DEADLINE} < $8) AND ($9::text IS NULL OR a.creator_id = $9)
     ORDER BY ${ORDERS[filter.order ?? 'newest']} NULLS LAST, a.opened_at DESC, a.id LIMIT $4`,
    [
      filter.state ?? null,
      filter.severity ?? null,
      filter.campaignId ?? null,
      filter.limit,
      CANARY_CAMPAIGN_ID,
      filter.tier ?? null,
      filter.assignee ?? null,
      filter.overdueAt ?? null,
      filter.creatorId ?? null,
    ],
  );
  return parseAlerts(answer);
}
