import { type Alert, type Lane } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';

/** What a new alert needs beside its first occurrence. */
export interface NewAlert extends Omit<
  Alert,
  'schemaVersion' | 'state' | 'updatedAt' | 'occurrences' | 'openedAt' | 'dueAt'
> {
  readonly tierReasons: readonly string[];
  readonly matcher: Lane;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly publishedAt: Date;
}

/** @param tx a transaction that holds the creator's lock, and adds the first occurrence as well */
export async function openAlert(tx: Queryable, alert: NewAlert): Promise<void> {
  await tx.query(
    `INSERT INTO alert (id, creator_id, campaign_id, episode, tier, tier_reasons, severity, state, rule_id, ruleset_hash,
       matcher, opened_at, updated_at, due_at, detection_latency_ms, pipeline_latency_ms,
       first_published_at, last_published_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $11, $12, $13, $14, $15, $15)`,
    [
      alert.id,
      alert.creatorId,
      alert.campaignId,
      alert.episode,
      alert.tier,
      alert.tierReasons,
      alert.severity,
      alert.ruleId,
      alert.rulesetHash,
      alert.matcher,
      alert.openedAt,
      alert.dueAt,
      alert.detectionLatencyMs,
      alert.pipelineLatencyMs,
      alert.publishedAt,
    ],
  );
}
