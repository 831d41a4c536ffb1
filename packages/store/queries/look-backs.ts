import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const LookBackSchema = z.object({
  /** Also the id of its re-scan. */
  id: z.string(),
  creatorId: z.string(),
  /** The start of the history to scan again. */
  since: z.date(),
  minConfidence: z.number(),
  requestedAt: z.date(),
});
/** A request to scan a creator's history again. */
export type LookBack = z.infer<typeof LookBackSchema>;

const COLUMNS = `id, creator_id AS "creatorId", since, min_confidence AS "minConfidence", requested_at AS "requestedAt"`;

/** A second one with the same id is the same request. */
export async function addLookBacks(tx: Queryable, lookBacks: readonly LookBack[]): Promise<void> {
  for (const { id, creatorId, since, minConfidence, requestedAt } of lookBacks) {
    await tx.query(
      `INSERT INTO look_back (id, creator_id, since, min_confidence, requested_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [id, creatorId, since, minConfidence, requestedAt],
    );
  }
}

/** Takes the waiting ones, the oldest first. No other process gets them, unless this transaction fails. */
export async function takeLookBacks(tx: Queryable, limit: number, at: Date): Promise<LookBack[]> {
  const answer = await tx.query(
    `UPDATE look_back SET taken_at = $2 WHERE id IN (
       SELECT id FROM look_back WHERE taken_at IS NULL ORDER BY requested_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
     ) RETURNING ${COLUMNS}`,
    [limit, at],
  );
  return parseRows(answer, LookBackSchema);
}

/** A creator's requests, the oldest first. */
export async function listLookBacks(db: Queryable, creatorId: string): Promise<LookBack[]> {
  const answer = await db.query(
    `SELECT ${COLUMNS} FROM look_back WHERE creator_id = $1 ORDER BY requested_at, id`,
    [creatorId],
  );
  return parseRows(answer, LookBackSchema);
}
