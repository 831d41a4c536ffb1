import { type Queryable } from '@leakwatch/store';

/** Whether the database shows this tip. */
export async function isTipSeen(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query('SELECT FROM tip WHERE id = $1', [id]);
  return rowCount === 1;
}
