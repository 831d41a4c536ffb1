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
export async function openAlert(tx: Queryable, alert: NewAlert): Promise<void> {
  const dueAt = new Date(alert.openedAt.getTime() + alert.minutesToAct * MINUTE_MS);
  const resolveDueAt = new Date(alert.openedAt.getTime() + alert.minutesToResolve * MINUTE_MS);
  await tx.query(
    `WITH opened AS (
       INSERT INTO alert (id, creator_id, campaign_id, episode, tier, tier_reasons, severity, severity_reasons, violation, state,
         rule_id, ruleset_hash, matcher, opened_at, updated_at, due_at, escalates_at, resolve_due_at, minutes_to_act,
         minutes_to_resolve, detection_latency_ms, pipeline_latency_ms, first_published_at, last_published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13, $13, $14, CASE WHEN $21 THEN $14::timestamptz END, $15, $16, $17, $18, $19, $20, $20)
       RETURNING id, rule_id, opened_at
     )
     INSERT INTO alert_transition (alert_id, move, to_state, made_by, reason, made_at)
     SELECT id, 'opened', 'open', 'leakwatch', 'rule ' || rule_id, opened_at FROM opened`,
    [
      alert.id,
      alert.creatorId,
      alert.campaignId,
      alert.episode,
      alert.tier,
      alert.tierReasons,
      alert.severity,
      alert.severityReasons,
      alert.violation,
      alert.ruleId,
      alert.rulesetHash,
      alert.matcher,
      alert.openedAt,
      dueAt,
      resolveDueAt,
      alert.minutesToAct,
      alert.minutesToResolve,
      alert.detectionLatencyMs,
      alert.pipelineLatencyMs,
      alert.publishedAt,
      alert.escalates,
    ],
  );
}
