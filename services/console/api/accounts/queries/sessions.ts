import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { RoleSchema } from '../../schemas/index.ts';

export async function addSession(
  db: Queryable,
  session: { readonly hash: string; readonly accountId: number; readonly at: Date; readonly expiresAt: Date },
): Promise<void> {
  await db.query(
    `INSERT INTO console_session (id_sha256, account_id, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
    [session.hash, session.accountId, session.at, session.expiresAt],
  );
}

const SessionRowSchema = z.object({
  accountId: z.int(),
  name: z.string(),
  role: RoleSchema,
  campaigns: z.array(z.string()).nullable(),
  expiresAt: z.date(),
  seenAt: z.date(),
});
export type SessionRow = Readonly<z.infer<typeof SessionRowSchema>>;

/** Null for a session that has ended, or whose account is disabled. */
export async function loadSession(db: Queryable, hash: string, at: Date): Promise<SessionRow | null> {
  const answer = await db.query({
    name: 'console-load-session',
    text: `SELECT s.account_id AS "accountId", a.name, a.role, a.campaigns, s.expires_at AS "expiresAt", s.seen_at AS "seenAt"
     FROM console_session s JOIN console_account a ON a.id = s.account_id
     WHERE s.id_sha256 = $1 AND s.expires_at > $2 AND NOT a.disabled`,
    values: [hash, at],
  });
  return parseRows(answer, SessionRowSchema)[0] ?? null;
}

export async function touchSession(db: Queryable, hash: string, at: Date, expiresAt: Date): Promise<void> {
  await db.query('UPDATE console_session SET seen_at = $2, expires_at = $3 WHERE id_sha256 = $1', [
    hash,
    at,
    expiresAt,
  ]);
}

export async function endSession(db: Queryable, hash: string): Promise<void> {
  await db.query('DELETE FROM console_session WHERE id_sha256 = $1', [hash]);
}

/** Ends all sessions of an account, but for one. */
export async function endSessionsOf(db: Queryable, accountId: number, except: string | null): Promise<void> {
  await db.query('DELETE FROM console_session WHERE account_id = $1 AND id_sha256 IS DISTINCT FROM $2', [
    accountId,
    except,
  ]);
}

export async function forgetEndedSessions(db: Queryable, at: Date): Promise<void> {
  await db.query('DELETE FROM console_session WHERE expires_at < $1', [at]);
}
