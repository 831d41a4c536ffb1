import { type Queryable } from '@leakwatch/store';

/** Whether a person has revealed an incident since then, by the audit log. */
export async function wasRevealed(
  db: Queryable,
  { actor, alertId, since }: { readonly actor: string; readonly alertId: string; readonly since: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT 1 FROM audit_entry WHERE subject = $1 AND action = 'revealed' AND actor = $2 AND at >= $3 LIMIT 1`,
    [alertId, actor, since],
  );
  return rowCount === 1;
}
