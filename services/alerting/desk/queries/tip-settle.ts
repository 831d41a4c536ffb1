import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { TIP_COLUMNS, TipSchema } from './tip-row.ts';

const DueSchema = TipSchema.extend({ ageMs: z.number() });
export type DueTip = z.infer<typeof DueSchema>;

/** Locks a tip that is due and that no other process has; it stays locked until the transaction ends. */
export async function lockDueTip(tx: Queryable): Promise<DueTip | null> {
  const answer = await tx.query(
    `SELECT ${TIP_COLUMNS}, extract(epoch FROM now() - received_at)::float8 * 1000 AS "ageMs" FROM tip
     WHERE state IN ('waiting', 'queued') AND next_look_at <= now()
     ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return parseRows(answer, DueSchema)[0] ?? null;
}

/** The instances of a platform that sources have posts from. */
export async function listInstancesOf(db: Queryable, platform: string): Promise<string[]> {
  const answer = await db.query('SELECT DISTINCT instance FROM ingest_source WHERE platform = $1', [
    platform,
  ]);
  return parseRows(answer, z.object({ instance: z.string() })).map(({ instance }) => instance);
}

/** A post, by any of these ids or addresses. */
export interface PostNames {
  readonly threadIds: readonly string[];
  readonly links: readonly string[];
}

const FoundSchema = z.object({ id: z.string(), creatorId: z.string() });

/**
 * Finds the alert that has a post. If several have it: one of the campaign, then an unresolved one, then the newest. A
 * duplicate stands for the alert that it was merged into. The canary's alerts are left out.
 */
export async function findAlertOfPost(
  db: Queryable,
  { threadIds, links }: PostNames,
  campaignId: string | null,
): Promise<z.infer<typeof FoundSchema> | null> {
  const answer = await db.query(
    `SELECT i.id, i.creator_id AS "creatorId"
     FROM alert_occurrence o JOIN alert a ON a.id = o.alert_id JOIN alert i ON i.id = coalesce(a.duplicate_of, a.id)
     WHERE (o.thread_id = ANY ($1) OR o.link = ANY ($2)) AND a.campaign_id <> $4
     ORDER BY (a.campaign_id = $3) IS TRUE DESC, i.state <> 'resolved' DESC, o.position DESC LIMIT 1`,
    [threadIds, links, campaignId, CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, FoundSchema)[0] ?? null;
}

/** Whether ingest has published a post of one of these threads. */
export async function isPostKnown(db: Queryable, threadIds: readonly string[]): Promise<boolean> {
  const { rowCount } = await db.query('SELECT FROM post_thread WHERE thread_id = ANY ($1) LIMIT 1', [
    threadIds,
  ]);
  return rowCount === 1;
}

/** Puts off a tip whose turn failed, so that others get theirs. */
export async function putOffTip(db: Queryable, id: string, lookAgainMs: number): Promise<void> {
  await db.query(
    `UPDATE tip SET next_look_at = now() + $2 * interval '1 ms'
     WHERE id = $1 AND state IN ('waiting', 'queued')`,
    [id, lookAgainMs],
  );
}

/** Leaves a tip unattached, to be looked at again after `lookAgainMs`. */
export async function postponeTip(
  tx: Queryable,
  {
    id,
    state,
    postKnown,
    lookAgainMs,
  }: { id: string; state: 'waiting' | 'queued'; postKnown: boolean | null; lookAgainMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE tip SET state = $2, post_known = $3, next_look_at = now() + $4 * interval '1 ms' WHERE id = $1`,
    [id, state, postKnown, lookAgainMs],
  );
}

/** Erases the contacts of senders from before this age. Gives how many. */
export async function eraseTipContacts(db: Queryable, keepMs: number): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE tip SET contact = NULL WHERE contact IS NOT NULL AND received_at < now() - $1 * interval '1 ms'`,
    [keepMs],
  );
  return rowCount ?? 0;
}
