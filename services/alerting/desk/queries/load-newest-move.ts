import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({ id: z.string(), move: z.string(), by: z.string(), at: z.date() });
/** The newest line of an alert's history. Its id is the alert's version: a person's move of an older one is stale. */
export type NewestMove = Readonly<z.infer<typeof RowSchema>>;

export async function loadNewestMove(db: Queryable, alertId: string): Promise<NewestMove> {
  const answer = await db.query(
    `SELECT id, move, made_by AS by, made_at AS at FROM alert_transition WHERE alert_id = $1 ORDER BY id DESC LIMIT 1`,
    [alertId],
  );
  const newest = parseRows(answer, RowSchema)[0];
  if (newest === undefined) throw new StoreError('unexpected-row', 'the alert has no history');
  return newest;
}
