import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const FoundSchema = z.object({ id: z.string(), creatorId: z.string() });
export type FoundAlert = z.infer<typeof FoundSchema>;

/**
 * Alerts with an id that begins so. Two at most: enough to tell that a prefix is ambiguous.
 *
 * @param prefix - hexadecimal digits
 */
export async function findAlertsByPrefix(db: Queryable, prefix: string): Promise<FoundAlert[]> {
  const answer = await db.query(
    // `g` sorts after every hexadecimal digit.
    `SELECT id, creator_id AS "creatorId" FROM alert WHERE id >= $1 AND id < $1 || 'g' ORDER BY id LIMIT 2`,
    [prefix],
  );
  return parseRows(answer, FoundSchema);
}
