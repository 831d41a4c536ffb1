import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const HoldSchema = z.object({ reason: z.string(), by: z.string(), at: z.date() });
export type EvidenceHold = z.infer<typeof HoldSchema>;

/** The hold on an alert's evidence; null if there is none. */
export async function loadEvidenceHold(db: Queryable, alertId: string): Promise<EvidenceHold | null> {
  const answer = await db.query(
    `SELECT reason, placed_by AS by, placed_at AS at FROM evidence_hold
     WHERE alert_id = $1 AND released_at IS NULL`,
    [alertId],
  );
  return parseRows(answer, HoldSchema)[0] ?? null;
}

/** Until the transaction ends no hold is placed and no evidence deleted: a confirmed hold covers what is there. */
export async function lockEvidenceHolds(tx: Queryable): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['leakwatch: evidence holds']);
}

/** Holds an alert's evidence; false if it was held before, and then the earlier reason stays. */
export async function placeEvidenceHold(
  tx: Queryable,
  alertId: string,
  hold: EvidenceHold,
): Promise<boolean> {
  await lockEvidenceHolds(tx);
  const { rowCount } = await tx.query(
    `INSERT INTO evidence_hold (alert_id, reason, placed_by, placed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (alert_id) WHERE released_at IS NULL DO NOTHING`,
    [alertId, hold.reason, hold.by, hold.at],
  );
  return rowCount === 1;
}

/** Releases the hold on an alert's evidence; false if there was none. */
export async function releaseEvidenceHold(
  db: Queryable,
  alertId: string,
  { by, at }: Pick<EvidenceHold, 'by' | 'at'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE evidence_hold SET released_by = $2, released_at = $3 WHERE alert_id = $1 AND released_at IS NULL`,
    [alertId, by, at],
  );
  return rowCount === 1;
}
