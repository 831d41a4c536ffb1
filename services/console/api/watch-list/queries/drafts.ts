import { parseRows, secretJson, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { EditsSchema, type Edits } from '../../schemas/index.ts';

const DraftRowSchema = z.object({ base: z.int(), edits: EditsSchema, updatedAt: z.date() });
export type DraftRow = z.infer<typeof DraftRowSchema>;

/** A person's draft of the watch list; null if there is none. */
export async function loadDraft(db: Queryable, accountId: number): Promise<DraftRow | null> {
  const answer = await db.query(
    'SELECT base, edits, updated_at AS "updatedAt" FROM console_draft WHERE account_id = $1',
    [accountId],
  );
  return parseRows(answer, DraftRowSchema)[0] ?? null;
}

/** Keeps a draft, and forgets those that nobody has touched for a month. */
export async function saveDraft(
  db: Queryable,
  draft: {
    readonly accountId: number;
    readonly base: number;
    readonly edits: Edits;
    readonly at: Date;
  },
): Promise<void> {
  await db.query(`DELETE FROM console_draft WHERE updated_at < $1::timestamptz - interval '30 days'`, [
    draft.at,
  ]);
  await db.query(
    `INSERT INTO console_draft (account_id, base, edits, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account_id) DO UPDATE SET base = excluded.base, edits = excluded.edits, updated_at = excluded.updated_at`,
    [draft.accountId, draft.base, secretJson(draft.edits), draft.at],
  );
}

export async function deleteDraft(db: Queryable, accountId: number): Promise<void> {
  await db.query('DELETE FROM console_draft WHERE account_id = $1', [accountId]);
}
