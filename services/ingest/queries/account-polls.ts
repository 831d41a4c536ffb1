import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const PollStateSchema = z.enum(['new', 'ok', 'failing', 'refused', 'gone']);
type PollState = z.infer<typeof PollStateSchema>;

/** An account to poll, with the place where the newest poll ended. */
export interface DueAccount {
  readonly account: string;
  readonly resolvedUrl: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly failures: number;
  /** Kept for the platform's connector, which alone knows its form. */
  readonly memory: unknown;
  /** When the account last published, as far as is known. */
  readonly postedAt: Date | null;
  /** The time for which the poll was due; another in the table then is a request for one more. */
  readonly dueAt: Date;
}

/** The place of an account that was never polled. */
export const NEVER_POLLED = {
  resolvedUrl: null,
  etag: null,
  lastModified: null,
  failures: 0,
  memory: null,
  postedAt: null,
  dueAt: new Date(0),
} as const satisfies Omit<DueAccount, 'account'>;

/** The outcome of a poll, saved once its posts are durable. */
export interface PollOutcome extends DueAccount {
  readonly platform: string;
  /** Null if the host was not asked: then the account's standing stays as it is. */
  readonly state: PollState | null;
  readonly problem: string | null;
  /** Milliseconds until the next poll. */
  readonly waitMs: number;
}

/** Makes the table hold exactly these accounts of a platform; accounts that stay keep their place. */
export async function syncAccounts(
  db: Queryable,
  platform: string,
  accounts: readonly string[],
): Promise<void> {
  await db.query('DELETE FROM account_poll WHERE platform = $1 AND account <> ALL ($2)', [
    platform,
    accounts,
  ]);
  await db.query(
    `INSERT INTO account_poll (platform, account) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
    [platform, accounts],
  );
}

const DueRow = z.object({
  account: z.string(),
  resolved_url: z.string().nullable(),
  etag: z.string().nullable(),
  last_modified: z.string().nullable(),
  failures: z.int(),
  memory: z.unknown(),
  posted_at: z.date().nullable(),
  due_at: z.date(),
});

/** A process that holds accounts while it polls them. */
export interface Lease {
  readonly holder: string;
  readonly leaseMs: number;
}

/** Takes accounts whose poll is due, the longest overdue first, and holds them for a time. Processes never take one twice. */
export async function claimDueAccounts(
  db: Queryable,
  platform: string,
  { limit, leaseMs, holder }: Lease & { limit: number },
): Promise<DueAccount[]> {
  const answer = await db.query(
    `UPDATE account_poll SET leased_until = now() + $3 * interval '1 ms', lease_holder = $4,
       due_at = date_trunc('milliseconds', due_at)
     WHERE (platform, account) IN (
       SELECT platform, account FROM account_poll
       WHERE platform = $1 AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING account, resolved_url, etag, last_modified, failures, memory, posted_at, due_at`,
    [platform, limit, leaseMs, holder],
  );
  return parseRows(answer, DueRow).map((row) => ({
    account: row.account,
    resolvedUrl: row.resolved_url,
    etag: row.etag,
    lastModified: row.last_modified,
    failures: row.failures,
    memory: row.memory,
    postedAt: row.posted_at,
    dueAt: row.due_at,
  }));
}

/** Holds a process' accounts for longer. One that another process has taken since stays with that. */
export async function renewLeases(db: Queryable, { holder, leaseMs }: Lease): Promise<void> {
  await db.query(
    `UPDATE account_poll SET leased_until = now() + $2 * interval '1 ms' WHERE lease_holder = $1`,
    [holder, leaseMs],
  );
}

/** Makes accounts due now. One whose poll is under way becomes due again: the poll may have looked too early. */
export async function makeDue(db: Queryable, platform: string, accounts: readonly string[]): Promise<void> {
  await db.query(
    `UPDATE account_poll SET due_at = CASE WHEN leased_until > now() THEN now() ELSE LEAST(due_at, now()) END
     WHERE platform = $1 AND account = ANY ($2)`,
    [platform, accounts],
  );
}

/** Makes every account of a platform that does not fail due within a time, spread over it. */
export async function makeAllDue(db: Queryable, platform: string, withinMs: number): Promise<void> {
  await db.query(
    `UPDATE account_poll
     SET due_at = LEAST(now() + random() * $2 * interval '1 ms',
       CASE WHEN leased_until > now() THEN 'infinity' ELSE due_at END)
     WHERE platform = $1 AND failures = 0`,
    [platform, withinMs],
  );
}

const MemoryRow = z.object({ account: z.string(), memory: z.unknown() });

/** The memories that connectors keep of a platform's accounts, without the posts in them, which are their bulk. */
export async function listPinned(db: Queryable, platform: string): Promise<ReadonlyMap<string, unknown>> {
  const answer = await db.query(
    `SELECT account, memory - 'recent' AS memory FROM account_poll
     WHERE platform = $1 AND jsonb_typeof(memory) = 'object'`,
    [platform],
  );
  return new Map(parseRows(answer, MemoryRow).map((row) => [row.account, row.memory]));
}

/** Gives back an account without polling it. */
export async function releaseAccount(db: Queryable, platform: string, account: string): Promise<void> {
  await db.query(
    'UPDATE account_poll SET leased_until = NULL, lease_holder = NULL WHERE platform = $1 AND account = $2',
    [platform, account],
  );
}

/** Saves the outcome of a poll and ends its lease. */
export async function savePoll(tx: Queryable, poll: PollOutcome): Promise<void> {
  await tx.query(
    `UPDATE account_poll SET resolved_url = $3, etag = $4, last_modified = $5, failures = $6,
       state = COALESCE($7, state), problem = CASE WHEN $7::text IS NULL THEN problem ELSE $8 END,
       state_since = CASE WHEN COALESCE($7, state) = state THEN state_since ELSE now() END,
       tried_at = CASE WHEN $7::text IS NULL THEN tried_at ELSE now() END,
       ok_at = CASE WHEN $7 = 'ok' THEN now() ELSE ok_at END,
       due_at = CASE WHEN due_at = $12 THEN now() + $9 * interval '1 ms' ELSE due_at END, leased_until = NULL, lease_holder = NULL,
       memory = $10::jsonb, posted_at = $11
     WHERE platform = $1 AND account = $2`,
    [
      poll.platform,
      poll.account,
      poll.resolvedUrl,
      poll.etag,
      poll.lastModified,
      poll.failures,
      poll.state,
      poll.problem,
      poll.waitMs,
      poll.memory === null ? null : JSON.stringify(poll.memory),
      poll.postedAt,
      poll.dueAt,
    ],
  );
}

const StandingRow = z.object({
  platform: z.string(),
  account: z.string(),
  state: PollStateSchema,
  state_since: z.date(),
  ok_at: z.date().nullable(),
  due_at: z.date(),
  failures: z.int(),
  problem: z.string().nullable(),
});

export interface AccountStanding {
  readonly platform: string;
  readonly account: string;
  readonly state: PollState;
  readonly since: Date;
  readonly okAt: Date | null;
  readonly dueAt: Date;
  readonly failures: number;
  readonly problem: string | null;
}

/** Lists every polled account, those that fail first. */
export async function listAccountStandings(db: Queryable): Promise<AccountStanding[]> {
  const answer = await db.query(
    `SELECT platform, account, state, state_since, ok_at, due_at, failures, problem FROM account_poll
     ORDER BY failures DESC, platform, account`,
  );
  return parseRows(answer, StandingRow).map((row) => ({
    platform: row.platform,
    account: row.account,
    state: row.state,
    since: row.state_since,
    okAt: row.ok_at,
    dueAt: row.due_at,
    failures: row.failures,
    problem: row.problem,
  }));
}
