import { type Alert, type Lane } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';

const MINUTE_MS = 60_000;

/** A new alert, without its first occurrence. */
export interface NewAlert extends Pick<
  Alert,
  | 'id'
  | 'creatorId'
  | 'campaignId'
  | 'episode'
  | 'tier'
  | 'severity'
  | 'severityReasons'
  | 'violation'
  | 'ruleId'
  | 'rulesetHash'
  | 'detectionLatencyMs'
  | 'pipelineLatencyMs'
> {
  readonly tierReasons: readonly string[];
  readonly matcher: Lane;
  readonly openedAt: Date;
  /** The time from opening until it should be acknowledged and resolved. */
  readonly minutesToAct: number;
  readonly minutesToResolve: number;
  /** True if it escalates without an answer; false for a quiet alert. */
  readonly escalates: boolean;
  readonly publishedAt: Date;
}

/** @param tx a transaction that holds the creator's lock and also adds the first occurrence */
export function openAlert(tx: Queryable, alert: NewAlert): Promise<void> {
  return openAlerts(tx, [alert]);
}

/** @param tx a transaction that holds the creators' locks and also adds the first occurrence of each */
export async function openAlerts(tx: Queryable, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const each = <T>(of: (alert: NewAlert) => T) => alerts.map(of);
  const minutesOn = ({ openedAt }: NewAlert, minutes: number) =>
    new Date(openedAt.getTime() + minutes * MINUTE_MS);
  await tx.query({
    name: 'open-alerts',
    text: `WITH opened AS (
       INSERT INTO alert (id, creator_id, campaign_id, episode, tier, tier_reasons, severity, severity_reasons, violation, state,
         rule_id, ruleset_hash, matcher, opened_at, updated_at, due_at, escalates_at, resolve_due_at, minutes_to_act,
         minutes_to_resolve, detection_latency_ms, pipeline_latency_ms, first_published_at, last_published_at)
       SELECT id, creator_id, campaign_id, episode, tier, ARRAY(SELECT json_array_elements_text(tier_reasons)), severity,
         ARRAY(SELECT json_array_elements_text(severity_reasons)), violation, 'open', rule_id, ruleset_hash, matcher, opened_at,
         opened_at, due_at, CASE WHEN escalates THEN due_at END, resolve_due_at, minutes_to_act, minutes_to_resolve,
         detection_latency_ms, pipeline_latency_ms, published_at, published_at
       FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::smallint[], $6::json[], $7::text[], $8::json[],
           $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[],
           $16::integer[], $17::integer[], $18::bigint[], $19::bigint[], $20::timestamptz[], $21::boolean[]) WITH ORDINALITY
         AS new (id, creator_id, campaign_id, episode, tier, tier_reasons, severity, severity_reasons, violation, rule_id,
           ruleset_hash, matcher, opened_at, due_at, resolve_due_at, minutes_to_act, minutes_to_resolve, detection_latency_ms,
           pipeline_latency_ms, published_at, escalates, nth)
       ORDER BY nth
       RETURNING id, rule_id, opened_at
     )
     INSERT INTO alert_transition (alert_id, move, to_state, made_by, reason, made_at)
     SELECT id, 'opened', 'open', 'leakwatch', 'rule ' || rule_id, opened_at FROM opened`,
    values: [
      each(({ id }) => id),
      each(({ creatorId }) => creatorId),
      each(({ campaignId }) => campaignId),
      each(({ episode }) => episode),
      each(({ tier }) => tier),
      each(({ tierReasons }) => JSON.stringify(tierReasons)),
      each(({ severity }) => severity),
      each(({ severityReasons }) => JSON.stringify(severityReasons)),
      each(({ violation }) => violation),
      each(({ ruleId }) => ruleId),
      each(({ rulesetHash }) => rulesetHash),
      each(({ matcher }) => matcher),
      each(({ openedAt }) => openedAt),
      each((alert) => minutesOn(alert, alert.minutesToAct)),
      each((alert) => minutesOn(alert, alert.minutesToResolve)),
      each(({ minutesToAct }) => minutesToAct),
      each(({ minutesToResolve }) => minutesToResolve),
      each(({ detectionLatencyMs }) => detectionLatencyMs),
      each(({ pipelineLatencyMs }) => pipelineLatencyMs),
      each(({ publishedAt }) => publishedAt),
      each(({ escalates }) => escalates),
    ],
  });
}
