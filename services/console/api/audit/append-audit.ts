import { type Database, type Queryable } from '@leakwatch/store';

/** One act for the audit log. It names no term: a subject is an opaque id. */
export interface AuditAct {
  readonly actor: string;
  /** `signed-in`, `revealed`, `verdict-given` … */
  readonly action: string;
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Appends an act to the chain. In a transaction it stands or falls with what was done. */
export async function appendAudit(
  db: Queryable,
  { actor, action, subject, detail = {} }: AuditAct,
): Promise<void> {
  await db.query('SELECT audit_append($1, $2, $3, $4)', [actor, action, subject, JSON.stringify(detail)]);
}

/**
 * The database, each transaction of which ends with a line in the audit log. Whatever refuses the act throws in its transaction:
 * thrown after it, the line would tell of an act that never was.
 */
export function audited(database: Database, act: AuditAct): Database {
  return {
    pool: database.pool,
    transaction: (work) =>
      database.transaction(async (tx) => {
        const result = await work(tx);
        await appendAudit(tx, act);
        return result;
      }),
  };
}
