import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** How polls of an account go. Ingest writes it. */
export interface AccountPoll {
  readonly platform: string;
  readonly account: string;
  readonly state: string;
  /** The newest poll that succeeded, with posts or without; null: none did. */
  readonly okAt: Date | null;
  readonly since: Date;
}

const RowSchema = z.object({
  platform: z.string(),
  account: z.string(),
  state: z.string(),
  ok_at: z.date().nullable(),
  state_since: z.date(),
});

/** @param accounts - those of these names on any platform; by default all */
export async function listAccountPolls(db: Queryable, accounts?: readonly string[]): Promise<AccountPoll[]> {
  const answer = await db.query(
    `SELECT platform, account, state, ok_at, state_since FROM account_poll
     WHERE $1::text[] IS NULL OR account = ANY ($1)`,
    [accounts ?? null],
  );
  return parseRows(answer, RowSchema).map((row) => ({
    platform: row.platform,
    account: row.account,
    state: row.state,
    okAt: row.ok_at,
    since: row.state_since,
  }));
}
