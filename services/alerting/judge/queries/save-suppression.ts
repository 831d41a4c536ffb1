import { type Detection } from '@leakwatch/contracts';
import { parseRows, secretDetection, SecretLines, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface NewSuppression {
  readonly detection: Detection;
  /** A short word in kebab case, fit for a metric label. */
  readonly reason: string;
  /** The same in a sentence, for people. */
  readonly detail: string;
}

/**
 * Keeps detections, each with the reason why it raised no alert. Gives the ids of those that are news; others were delivered
 * again.
 *
 * @param suppressions each detection once
 */
export async function saveSuppressions(
  db: Queryable,
  suppressions: readonly NewSuppression[],
  at: Date,
): Promise<ReadonlySet<string>> {
  if (suppressions.length === 0) return new Set();
  const each = <T>(of: (detection: Detection) => T) => suppressions.map(({ detection }) => of(detection));
  const answer = await db.query({
    name: 'save-suppressions',
    text: `INSERT INTO suppressed_detection (detection_id, reason, detail, creator_id, campaign_id, post_id, suppressed_at,
       detection)
     SELECT detection_id, reason, detail, creator_id, campaign_id, post_id, $7::timestamptz, detection::json
     FROM ROWS FROM (unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]), string_to_table($8, E'\\n'))
       AS new (detection_id, reason, detail, creator_id, campaign_id, post_id, detection)
     ORDER BY detection_id
     ON CONFLICT (detection_id) DO UPDATE SET
       reason = excluded.reason, detail = excluded.detail, suppressed_at = excluded.suppressed_at,
       detection = excluded.detection
       WHERE suppressed_detection.reason <> excluded.reason
     RETURNING detection_id AS "detectionId"`,
    values: [
      each(({ id }) => id),
      suppressions.map(({ reason }) => reason),
      suppressions.map(({ detail }) => detail),
      each(({ post }) => post.creatorId),
      each(({ evidence }) => evidence.campaignId),
      each(({ post }) => post.id),
      at,
      new SecretLines(each(secretDetection)),
    ],
  });
  return new Set(
    parseRows(answer, z.object({ detectionId: z.string() })).map(({ detectionId }) => detectionId),
  );
}

/** Deletes the content of detections suppressed before an instant; the reasons stay. Gives how many. */
export async function forgetSuppressed(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    'UPDATE suppressed_detection SET detection = NULL WHERE detection IS NOT NULL AND suppressed_at < $1',
    [before],
  );
  return rowCount ?? 0;
}
