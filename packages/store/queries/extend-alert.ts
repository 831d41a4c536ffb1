import { type Severity } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';

export interface AlertExtension {
  readonly alertId: string;
  readonly publishedAt: Date;
  readonly severity: Severity;
  readonly ruleId: string;
  readonly rulesetHash: string;
  readonly dueAt: Date;
  readonly at: Date;
}

/**
 * Another occurrence joins an alert: its time span widens, and where the newcomer is worse it raises the severity, names the
 * rule that says so and brings the deadline forward. Nothing here ever lowers an alert.
 */
export async function extendAlert(tx: Queryable, extension: AlertExtension): Promise<void> {
  await tx.query(
    `WITH rank AS (SELECT array['low', 'medium', 'high', 'critical'] AS severities)
     UPDATE alert SET
       first_published_at = least(first_published_at, $2),
       last_published_at = greatest(last_published_at, $2),
       updated_at = greatest(updated_at, $7),
       due_at = CASE WHEN worse THEN least(due_at, $6) ELSE due_at END,
       severity = CASE WHEN worse THEN $3 ELSE severity END,
       rule_id = CASE WHEN worse THEN $4 ELSE rule_id END,
       ruleset_hash = CASE WHEN worse THEN $5 ELSE ruleset_hash END
     FROM (
       SELECT id AS changed, array_position(severities, $3) > array_position(severities, severity) AS worse
       FROM alert, rank WHERE id = $1
     ) AS comparison
     WHERE id = changed`,
    [
      extension.alertId,
      extension.publishedAt,
      extension.severity,
      extension.ruleId,
      extension.rulesetHash,
      extension.dueAt,
      extension.at,
    ],
  );
}
