import { type Queryable } from '@leakwatch/store';
import { lockEvidenceHolds } from './evidence-hold.ts';

/** Alerts whose evidence one statement deletes. */
const ALERTS_AT_ONCE = 200;

/**
 * Deletes the evidence of alerts resolved before an instant and not held. A duplicate keeps its evidence as long as the
 * alert that it was merged into. Gives the number of occurrences; 0 when none is left.
 *
 * @param tx - a transaction: holds placed meanwhile wait for its end
 */
export async function forgetEvidence(tx: Queryable, resolvedBefore: Date): Promise<number> {
  // A separate statement: the next one sees what this one waited for.
  await lockEvidenceHolds(tx);
  const isOver = (alert: string) =>
    `${alert}.state = 'resolved' AND ${alert}.resolved_at < $1 AND NOT EXISTS (
       SELECT FROM evidence_hold h WHERE h.alert_id = ${alert}.id AND h.released_at IS NULL)`;
  const { rowCount } = await tx.query(
    `DELETE FROM evidence WHERE alert_id IN (
       SELECT a.id FROM alert a
       WHERE ${isOver('a')} AND EXISTS (SELECT FROM evidence e WHERE e.alert_id = a.id)
         AND (a.duplicate_of IS NULL OR EXISTS (SELECT FROM alert o WHERE o.id = a.duplicate_of AND ${isOver('o')}))
       LIMIT ${ALERTS_AT_ONCE}
     )`,
    [resolvedBefore],
  );
  return rowCount ?? 0;
}

/** Media may be large. */
const BYTES_AT_ONCE = 100;

/**
 * Deletes bytes that no evidence names and that were last handed in longer ago than this, by the database's clock.
 * Gives how many; 0 when none is left.
 */
export async function forgetKeptBytes(db: Queryable, olderThanMs: number): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM kept_bytes WHERE sha256 IN (
       SELECT k.sha256 FROM kept_bytes k
       WHERE k.kept_at < clock_timestamp() - $1 * interval '1 ms'
         AND NOT EXISTS (SELECT FROM evidence e WHERE e.record_sha256 = k.sha256)
         AND NOT EXISTS (SELECT FROM kept_media m WHERE m.sha256 = k.sha256)
       LIMIT ${BYTES_AT_ONCE} FOR UPDATE SKIP LOCKED
     )`,
    [olderThanMs],
  );
  return rowCount ?? 0;
}
