import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { RoleSchema, type Role } from '../../schemas/index.ts';

const AccountRowSchema = z.object({
  id: z.int(),
  name: z.string(),
  role: RoleSchema,
  campaigns: z.array(z.string()).nullable(),
  disabled: z.boolean(),
  createdAt: z.date(),
  lastSignedInAt: z.date().nullable(),
});
export type AccountRow = Readonly<z.infer<typeof AccountRowSchema>>;

const COLUMNS = `id, name, role, campaigns, disabled, created_at AS "createdAt", last_signed_in_at AS "lastSignedInAt"`;

export async function listAccounts(db: Queryable): Promise<AccountRow[]> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM console_account ORDER BY lower(name)`);
  return parseRows(answer, AccountRowSchema);
}

export async function loadAccount(db: Queryable, id: number): Promise<AccountRow | null> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM console_account WHERE id = $1`, [id]);
  return parseRows(answer, AccountRowSchema)[0] ?? null;
}

/** Finds an account by its name, in any case of the letters. */
export async function findAccount(db: Queryable, name: string): Promise<AccountRow | null> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM console_account WHERE lower(name) = lower($1)`, [
    name,
  ]);
  return parseRows(answer, AccountRowSchema)[0] ?? null;
}

export async function countAdmins(db: Queryable): Promise<number> {
  const answer = await db.query(`SELECT count(*)::integer AS n FROM console_account WHERE role = 'admin'`);
  return parseRows(answer, z.object({ n: z.int() }))[0]?.n ?? 0;
}

/** Lets all that change roles and campaigns wait for each other, until the transaction ends. */
export async function lockAccounts(tx: Queryable): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('console-accounts', 0))`);
}

/** Null if the name is taken, in any case of its letters. */
export async function addAccount(
  db: Queryable,
  account: { readonly name: string; readonly role: Role; readonly campaigns: readonly string[] | null },
): Promise<AccountRow | null> {
  const answer = await db.query(
    `INSERT INTO console_account (name, role, campaigns) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [account.name, account.role, account.campaigns],
  );
  return parseRows(answer, AccountRowSchema)[0] ?? null;
}

export async function changeAccount(
  db: Queryable,
  id: number,
  change: Pick<AccountRow, 'role' | 'campaigns' | 'disabled'>,
): Promise<AccountRow> {
  const answer = await db.query(
    `UPDATE console_account SET role = $2, campaigns = $3, disabled = $4 WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, change.role, change.campaigns, change.disabled],
  );
  const changed = parseRows(answer, AccountRowSchema)[0];
  if (changed === undefined) throw new StoreError('unexpected-row', 'the account is gone');
  return changed;
}

const CredentialsSchema = AccountRowSchema.extend({
  passwordHash: z.string().nullable(),
  lockedUntil: z.date().nullable(),
});
export type Credentials = Readonly<z.infer<typeof CredentialsSchema>>;
const CREDENTIALS = `${COLUMNS}, password_hash AS "passwordHash", locked_until AS "lockedUntil"`;

export async function loadCredentials(db: Queryable, name: string): Promise<Credentials | null> {
  const answer = await db.query(`SELECT ${CREDENTIALS} FROM console_account WHERE lower(name) = lower($1)`, [
    name,
  ]);
  return parseRows(answer, CredentialsSchema)[0] ?? null;
}

/**
 * Counts an attempt before its password is looked at, as one that failed: `noteSignIn` and `setPassword` take it back. From the fifth on, the
 * account waits twice as long each time, up to a quarter of an hour. Null, and nothing is counted, for a locked account or none: of
 * attempts at once, each waits for the row that the one before it counts in.
 */
export async function countAttempt(db: Queryable, name: string, at: Date): Promise<Credentials | null> {
  const answer = await db.query(
    `UPDATE console_account SET failures = failures + 1, locked_until = CASE WHEN failures + 1 >= 5
       THEN $2::timestamptz + least(interval '15 minutes', interval '30 seconds' * power(2, least(failures + 1 - 5, 10))) END
     WHERE lower(name) = lower($1) AND (locked_until IS NULL OR locked_until <= $2)
     RETURNING ${CREDENTIALS}`,
    [name, at],
  );
  return parseRows(answer, CredentialsSchema)[0] ?? null;
}

export async function noteSignIn(db: Queryable, id: number, at: Date): Promise<void> {
  await db.query(
    'UPDATE console_account SET failures = 0, locked_until = NULL, last_signed_in_at = $2 WHERE id = $1',
    [id, at],
  );
}

export async function setPassword(db: Queryable, id: number, passwordHash: string): Promise<void> {
  await db.query(
    'UPDATE console_account SET password_hash = $2, failures = 0, locked_until = NULL WHERE id = $1',
    [id, passwordHash],
  );
}
