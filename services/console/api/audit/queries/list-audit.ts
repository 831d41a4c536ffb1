import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const AuditRowSchema = z.object({
  seq: z.coerce.number().int(),
  at: z.date(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  /** JSON as it was hashed. */
  detail: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditRow = Readonly<z.infer<typeof AuditRowSchema>>;

const COLUMNS = `seq, at, actor, action, subject, detail, previous_hash AS "previousHash", hash`;

/** Lines after a number, in order. */
export async function listAuditAfter(db: Queryable, after: number, limit: number): Promise<AuditRow[]> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2`, [
    after,
    limit,
  ]);
  return parseRows(answer, AuditRowSchema);
}

/** Lines before a number, the newest first; null: from the newest on. */
export async function listAuditBefore(
  db: Queryable,
  before: number | null,
  limit: number,
): Promise<AuditRow[]> {
  const answer = await db.query(
    `SELECT ${COLUMNS} FROM audit_entry WHERE $1::bigint IS NULL OR seq < $1 ORDER BY seq DESC LIMIT $2`,
    [before, limit],
  );
  return parseRows(answer, AuditRowSchema);
}

/** The newest line's number and hash, as kept beside the log. */
export async function loadAuditHead(db: Queryable): Promise<{ readonly seq: number; readonly hash: string }> {
  const answer = await db.query('SELECT seq, hash FROM audit_head');
  const head = parseRows(answer, z.object({ seq: z.coerce.number().int(), hash: z.string() }))[0];
  return head ?? { seq: 0, hash: '' };
}
