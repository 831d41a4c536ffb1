import { type Queryable } from '@leakwatch/store';
import { type Removal } from './add-occurrence.ts';

/** Marks occurrences as gone from their post; they stay in their alerts. */
export async function markRemoved(
  tx: Queryable,
  detectionIds: readonly string[],
  { at, by }: Removal,
): Promise<void> {
  await tx.query(
    `WITH gone AS (
       UPDATE alert_occurrence SET removed_at = $2, removed_by = $3
       WHERE detection_id = ANY ($1) AND removed_at IS NULL RETURNING alert_id
     )
     UPDATE alert SET updated_at = greatest(updated_at, $2) WHERE id IN (SELECT alert_id FROM gone)`,
    [detectionIds, at, by],
  );
}
