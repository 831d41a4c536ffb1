import { AlertSchema, type Alert } from '@leakwatch/contracts';
import { parseRows, type QueryAnswer } from '@leakwatch/store';
import { z } from 'zod';

const AlertRowSchema = z.object({ alert: AlertSchema });

/**
 * An alert as one column of JSON, from the table `alert` under the name `a`.
 *
 * @param occurrences - the limit, newest first; `NULL` for all
 */
export function alertAsJson(occurrences: string): string {
  return `json_build_object(
    'schemaVersion', 1, 'id', a.id, 'creatorId', a.creator_id, 'campaignId', a.campaign_id, 'episode', a.episode, 'tier', a.tier,
    'severity', a.severity, 'state', a.state, 'ruleId', a.rule_id, 'rulesetHash', a.ruleset_hash,
    'openedAt', a.opened_at, 'updatedAt', a.updated_at, 'dueAt', a.due_at,
    'resolveDueAt', a.resolve_due_at, 'resolution', a.resolution, 'resolvedAt', a.resolved_at,
    'acknowledgedAt', a.acknowledged_at, 'acknowledgedBy', a.acknowledged_by, 'snoozedUntil', a.snoozed_until,
    'assignee', a.assignee, 'escalationLevel', a.escalation_level, 'duplicateOf', a.duplicate_of,
    'reopenedAt', a.reopened_at, 'regressions', a.regressions, 'severityReasons', a.severity_reasons, 'priority', a.priority, 'violation', a.violation,
    'correctedAt', a.corrected_at,
    'detectionLatencyMs', a.detection_latency_ms, 'pipelineLatencyMs', a.pipeline_latency_ms,
    'occurrences', (
      SELECT json_agg(json_build_object('detection', o.detection, 'removedAt', o.removed_at, 'removedBy', o.removed_by)
               ORDER BY o.position)
      FROM (
        SELECT * FROM alert_occurrence WHERE alert_id = a.id ORDER BY position DESC LIMIT ${occurrences}
      ) o
    )
  ) AS alert`;
}

/** Reads an answer with the single column {@link alertAsJson}. */
export function parseAlerts(answer: QueryAnswer): Alert[] {
  return parseRows(answer, AlertRowSchema).map(({ alert }) => alert);
}
