import { type Detection } from '@leakwatch/contracts';
import { secretDetection, SecretLines, type Queryable } from '@leakwatch/store';

export interface Removal {
  readonly at: Date;
  readonly by: 'edit' | 'delete';
}

export interface NewOccurrence {
  readonly alertId: string;
  readonly detection: Detection;
  /** Null: it stands. */
  readonly removal: Removal | null;
}

export function addOccurrence(
  tx: Queryable,
  alertId: string,
  detection: Detection,
  removal: Removal | null,
): Promise<void> {
  return addOccurrences(tx, [{ alertId, detection, removal }]);
}

/**
 * Adds detections to alerts, in this order, and deletes the reasons why they had raised none before (an embargo may have
 * moved). One that is in an alert already stays there.
 */
export async function addOccurrences(tx: Queryable, occurrences: readonly NewOccurrence[]): Promise<void> {
  if (occurrences.length === 0) return;
  const each = <T>(of: (detection: Detection) => T) => occurrences.map(({ detection }) => of(detection));
  await tx.query({
    name: 'add-occurrences',
    text: `WITH no_longer AS (
       DELETE FROM suppressed_detection WHERE detection_id = ANY ($1::text[])
     )
     INSERT INTO alert_occurrence
       (detection_id, alert_id, thread_id, lane, revision, kind, item_id, detection, removed_at, removed_by,
        link, confidence)
     SELECT detection_id, alert_id, thread_id, lane, revision, kind, item_id, detection::json, removed_at, removed_by,
        link, confidence
     FROM ROWS FROM (unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[],
         $9::timestamptz[], $10::text[], $11::text[], $12::real[]), string_to_table($8, E'\\n')) WITH ORDINALITY
       AS new (detection_id, alert_id, thread_id, lane, revision, kind, item_id, removed_at, removed_by, link, confidence,
         detection, nth)
     ORDER BY nth
     ON CONFLICT (detection_id) DO NOTHING`,
    values: [
      each(({ id }) => id),
      occurrences.map(({ alertId }) => alertId),
      each(({ post }) => post.threadId),
      each(({ lane }) => lane),
      each(({ post }) => post.revision),
      each(({ evidence }) => evidence.kind),
      each(({ evidence }) => evidence.itemId),
      new SecretLines(each(secretDetection)),
      occurrences.map(({ removal }) => removal?.at ?? null),
      occurrences.map(({ removal }) => removal?.by ?? null),
      each(linkOf),
      each(({ evidence }) => evidence.confidence),
    ],
  });
}

/** No text column can hold U+0000, and no working address has one. */
function linkOf({ post: { canonicalUrl } }: Detection): string | null {
  return canonicalUrl?.includes('\0') === true ? null : canonicalUrl;
}
