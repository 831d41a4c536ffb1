import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** @param accountId - null for the link that makes the first admin */
export async function addInvite(
  db: Queryable,
  invite: { readonly codeHash: string; readonly accountId: number | null; readonly expiresAt: Date },
): Promise<void> {
  await db.query('DELETE FROM console_invite WHERE account_id IS NOT DISTINCT FROM $1 AND used_at IS NULL', [
    invite.accountId,
  ]);
  await db.query('INSERT INTO console_invite (code_sha256, account_id, expires_at) VALUES ($1, $2, $3)', [
    invite.codeHash,
    invite.accountId,
    invite.expiresAt,
  ]);
}

/** Uses a link up, once. Null if it does not stand. */
export async function useInvite(
  tx: Queryable,
  codeHash: string,
  at: Date,
): Promise<{ readonly accountId: number | null } | null> {
  const answer = await tx.query(
    `UPDATE console_invite SET used_at = $2 WHERE code_sha256 = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING account_id AS "accountId"`,
    [codeHash, at],
  );
  return parseRows(answer, z.object({ accountId: z.int().nullable() }))[0] ?? null;
}
