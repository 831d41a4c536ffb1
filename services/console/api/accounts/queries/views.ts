import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { QueueFilterSchema, type QueueFilter } from '../../schemas/index.ts';

/** More views than a person can tell apart. */
export const MOST_VIEWS = 30;

// Filters that were once taken may be refused now: the view is shown, so that its owner can delete it.
const ViewRowSchema = z.object({ name: z.string(), filter: QueueFilterSchema.nullable().catch(null) });
export type ViewRow = Readonly<z.infer<typeof ViewRowSchema>>;

/** Accounts from before the bound may have more: those come into sight as others are deleted. */
export async function listViews(db: Queryable, accountId: number): Promise<ViewRow[]> {
  const answer = await db.query(
    `SELECT name, filter FROM console_view WHERE account_id = $1 ORDER BY lower(name) LIMIT ${MOST_VIEWS}`,
    [accountId],
  );
  return parseRows(answer, ViewRowSchema);
}

/** Saves a view in place of the one of that name. False: there are as many as an account may have. */
export async function saveView(
  tx: Queryable,
  view: { readonly accountId: number; readonly name: string; readonly filter: QueueFilter },
): Promise<boolean> {
  // Another window of the account waits until this view is counted.
  await tx.query('SELECT 1 FROM console_account WHERE id = $1 FOR UPDATE', [view.accountId]);
  const { rowCount } = await tx.query(
    `INSERT INTO console_view (account_id, name, filter)
     SELECT $1::integer, $2::text, $3::json
     WHERE (SELECT count(*) FROM console_view WHERE account_id = $1 AND name <> $2) < $4::bigint
     ON CONFLICT (account_id, name) DO UPDATE SET filter = excluded.filter`,
    [view.accountId, view.name, JSON.stringify(view.filter), MOST_VIEWS],
  );
  return rowCount === 1;
}

export async function deleteView(db: Queryable, accountId: number, name: string): Promise<void> {
  await db.query('DELETE FROM console_view WHERE account_id = $1 AND name = $2', [accountId, name]);
}
