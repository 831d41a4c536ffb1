import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const LookBackSchema = z.object({
  /** Also of the re-scan that it becomes. */
  id: z.string(),
  creatorId: z.string(),
  /** From when on the creator's posts are scanned again. */
  since: z.date(),
  minConfidence: z.number(),
  requestedAt: z.date(),
});
/** The request to scan a creator's history again. */
export type LookBack = z.infer<typeof LookBackSchema>;

const COLUMNS = `id, creator_id AS "creatorId", since, min_confidence AS "minConfidence", requested_at AS "requestedAt"`;

/** One with the id of another is that one again. */
export async function addLookBacks(tx: Queryable, lookBacks: readonly LookBack[]): Promise<void> {
  for (const { id, creatorId, since, minConfidence, requestedAt } of lookBacks) {
    await tx.query(
      `INSERT INTO look_back (id, creator_id, since, min_confidence, requested_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [id, creatorId, since, minConfidence, requestedAt],
    );
  }
}

/** Takes those that wait, the oldest first: nobody else gets them, unless this transaction fails. */
export async function takeLookBacks(tx: Queryable, limit: number, at: Date): Promise<LookBack[]> {
  const answer = await tx.query(
    `UPDATE look_back SET taken_at = $2 WHERE id IN (
       SELECT id FROM look_back WHERE taken_at IS NULL ORDER BY requested_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
     ) RETURNING ${COLUMNS}`,
    [limit, at],
  );
  return parseRows(answer, LookBackSchema);
}

/** A creator's, the oldest first. */
export async function listLookBacks(db: Queryable, creatorId: string): Promise<LookBack[]> {
  const answer = await db.query(
    `SELECT ${COLUMNS} FROM look_back WHERE creator_id = $1 ORDER BY requested_at, id`,
    [creatorId],
  );
  return parseRows(answer, LookBackSchema);
}
