import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { QueueFilterSchema, type QueueFilter } from '../../schemas/index.ts';

const ViewRowSchema = z.object({ name: z.string(), filter: QueueFilterSchema });

/** More views than a person can tell apart. */
const MOST_VIEWS = 50;

export async function listViews(db: Queryable, accountId: number): Promise<z.infer<typeof ViewRowSchema>[]> {
  const answer = await db.query(
    `SELECT name, filter FROM console_view WHERE account_id = $1 ORDER BY lower(name) LIMIT ${MOST_VIEWS}`,
    [accountId],
  );
  return parseRows(answer, ViewRowSchema);
}

/** Saves a view in place of the one of that name. */
export async function saveView(
  db: Queryable,
  view: { readonly accountId: number; readonly name: string; readonly filter: QueueFilter },
): Promise<void> {
  await db.query(
    `INSERT INTO console_view (account_id, name, filter) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, name) DO UPDATE SET filter = excluded.filter`,
    [view.accountId, view.name, JSON.stringify(view.filter)],
  );
}

export async function deleteView(db: Queryable, accountId: number, name: string): Promise<void> {
  await db.query('DELETE FROM console_view WHERE account_id = $1 AND name = $2', [accountId, name]);
}
