import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const FoundSchema = z.object({ id: z.string(), creatorId: z.string() });
export type FoundAlert = z.infer<typeof FoundSchema>;

/**
 * Alerts whose id begins so; two at most, which is enough to know that a prefix is not one alert's own.
 *
 * @param prefix - hexadecimal digits
 */
export async function findAlertsByPrefix(db: Queryable, prefix: string): Promise<FoundAlert[]> {
  const answer = await db.query(
    // `g` comes after every hexadecimal digit.
    `SELECT id, creator_id AS "creatorId" FROM alert WHERE id >= $1 AND id < $1 || 'g' ORDER BY id LIMIT 2`,
    [prefix],
  );
  return parseRows(answer, FoundSchema);
}
