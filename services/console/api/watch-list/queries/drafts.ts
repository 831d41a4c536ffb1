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

/** What the drafts of all other people change. */
export async function loadOtherEdits(db: Queryable, accountId: number): Promise<Edits[]> {
  const answer = await db.query('SELECT edits FROM console_draft WHERE account_id <> $1', [accountId]);
  return parseRows(answer, DraftRowSchema.pick({ edits: true })).map(({ edits }) => edits);
}

export interface KeptDraft {
  readonly accountId: number;
  readonly base: number;
  readonly edits: Edits;
  readonly at: Date;
  /** The `updatedAt` that the writer saw, null for no draft; undefined: whatever is there is replaced. */
  readonly seen: Date | null | undefined;
}

/**
 * Keeps a draft, and forgets those that nobody has touched for a month. Gives its instant, which differs from the one
 * before; null if the draft is not as the writer saw it.
 */
export async function saveDraft(db: Queryable, draft: KeptDraft): Promise<Date | null> {
  await db.query(`DELETE FROM console_draft WHERE updated_at < $1::timestamptz - interval '30 days'`, [
    draft.at,
  ]);
  const { accountId, base, edits, at, seen } = draft;
  const values = [accountId, base, secretJson(edits), at];
  const answer = await (seen instanceof Date
    ? db.query(
        `UPDATE console_draft SET base = $2, edits = $3, updated_at = ${LATER} WHERE account_id = $1 AND updated_at = $5
         RETURNING updated_at AS "updatedAt"`,
        [...values, seen],
      )
    : db.query(
        `INSERT INTO console_draft (account_id, base, edits, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) ${seen === null ? 'DO NOTHING' : `DO UPDATE SET base = $2, edits = $3, updated_at = ${LATER}`}
         RETURNING updated_at AS "updatedAt"`,
        values,
      ));
  return parseRows(answer, z.object({ updatedAt: z.date() }))[0]?.updatedAt ?? null;
}

/** Two writes within a millisecond still differ. */
const LATER = `greatest($4::timestamptz, console_draft.updated_at + interval '1 millisecond')`;

export async function deleteDraft(db: Queryable, accountId: number): Promise<void> {
  await db.query('DELETE FROM console_draft WHERE account_id = $1', [accountId]);
}
