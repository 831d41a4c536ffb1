import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** The account of a person at a provider; null if they have none yet. */
export async function findIdentity(db: Queryable, { issuer, subject }: Identity): Promise<number | null> {
  const answer = await db.query(
    'SELECT account_id AS "accountId" FROM console_identity WHERE issuer = $1 AND subject = $2',
    [issuer, subject],
  );
  return parseRows(answer, z.object({ accountId: z.int() }))[0]?.accountId ?? null;
}

/** Whether an account belongs to a person at a provider: it has no password. */
export async function hasIdentity(db: Queryable, accountId: number): Promise<boolean> {
  const { rowCount } = await db.query('SELECT FROM console_identity WHERE account_id = $1 LIMIT 1', [
    accountId,
  ]);
  return rowCount === 1;
}

export async function addIdentity(
  db: Queryable,
  { issuer, subject }: Identity,
  accountId: number,
): Promise<void> {
  await db.query('INSERT INTO console_identity (issuer, subject, account_id) VALUES ($1, $2, $3)', [
    issuer,
    subject,
    accountId,
  ]);
}

/** Lets two first sign-ins of one person wait for each other, until the transaction ends. */
export async function lockIdentity(tx: Queryable, { issuer, subject }: Identity): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `console-identity ${issuer} ${subject}`,
  ]);
}
