import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { RoleSchema, TokenScopeSchema } from '../../schemas/index.ts';

const TokenRowSchema = z.object({
  id: z.int(),
  name: z.string(),
  account: z.string(),
  scopes: z.array(TokenScopeSchema),
  campaigns: z.array(z.string()).nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type TokenRow = Readonly<z.infer<typeof TokenRowSchema>>;

const COLUMNS = `t.id, t.name, a.name AS account, t.scopes, t.campaigns, t.created_at AS "createdAt",
  t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", t.revoked_at AS "revokedAt"`;

/** @param accountId - null: those of all accounts */
export async function listTokens(db: Queryable, accountId: number | null): Promise<TokenRow[]> {
  const answer = await db.query(
    `SELECT ${COLUMNS} FROM console_token t JOIN console_account a ON a.id = t.account_id
     WHERE $1::integer IS NULL OR t.account_id = $1 ORDER BY t.id DESC LIMIT 1000`,
    [accountId],
  );
  return parseRows(answer, TokenRowSchema);
}

export interface NewToken {
  readonly accountId: number;
  readonly name: string;
  readonly secretHash: string;
  readonly scopes: readonly string[];
  readonly campaigns: readonly string[] | null;
  readonly expiresAt: Date;
}

export async function addToken(db: Queryable, token: NewToken): Promise<TokenRow> {
  const answer = await db.query(
    `WITH t AS (
       INSERT INTO console_token (account_id, name, secret_sha256, scopes, campaigns, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING *
     ) SELECT ${COLUMNS} FROM t JOIN console_account a ON a.id = t.account_id`,
    [token.accountId, token.name, token.secretHash, token.scopes, token.campaigns, token.expiresAt],
  );
  const added = parseRows(answer, TokenRowSchema)[0];
  if (added === undefined) throw new StoreError('unexpected-row', 'the token just made is not there');
  return added;
}

/** @param accountId - only one of this account; null: of any. Null if there is none to revoke. */
export async function revokeToken(
  db: Queryable,
  id: number,
  accountId: number | null,
  at: Date,
): Promise<Pick<TokenRow, 'name' | 'account'> | null> {
  const answer = await db.query(
    `UPDATE console_token t SET revoked_at = $3 FROM console_account a
     WHERE t.id = $1 AND a.id = t.account_id AND ($2::integer IS NULL OR t.account_id = $2) AND t.revoked_at IS NULL
     RETURNING t.name, a.name AS account`,
    [id, accountId, at],
  );
  return parseRows(answer, TokenRowSchema.pick({ name: true, account: true }))[0] ?? null;
}

const BearerSchema = z.object({
  id: z.int(),
  accountId: z.int(),
  name: z.string(),
  role: RoleSchema,
  accountCampaigns: z.array(z.string()).nullable(),
  campaigns: z.array(z.string()).nullable(),
  scopes: z.array(z.string()),
  expiresAt: z.date(),
});
export type Bearer = Readonly<z.infer<typeof BearerSchema>>;

/** The token of a secret, noted as used; null if it was revoked, has expired, or its account is disabled. */
export async function useToken(db: Queryable, secretHash: string, at: Date): Promise<Bearer | null> {
  const answer = await db.query({
    name: 'console-use-token',
    text: `UPDATE console_token t SET last_used_at = $2 FROM console_account a
     WHERE t.secret_sha256 = $1 AND a.id = t.account_id AND t.revoked_at IS NULL AND t.expires_at > $2 AND NOT a.disabled
     RETURNING t.id, t.account_id AS "accountId", a.name, a.role, a.campaigns AS "accountCampaigns", t.campaigns, t.scopes,
       t.expires_at AS "expiresAt"`,
    values: [secretHash, at],
  });
  return parseRows(answer, BearerSchema)[0] ?? null;
}
