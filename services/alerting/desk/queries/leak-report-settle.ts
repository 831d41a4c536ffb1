import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { LEAK_REPORT_COLUMNS, LeakReportSchema } from './leak-report-row.ts';

const DueSchema = LeakReportSchema.extend({ ageMs: z.number() });
export type DueLeakReport = z.infer<typeof DueSchema>;

/** A report to be looked at that nobody else is looking at; it is this transaction's own until it ends. */
export async function lockDueLeakReport(tx: Queryable): Promise<DueLeakReport | null> {
  const answer = await tx.query(
    `SELECT ${LEAK_REPORT_COLUMNS}, extract(epoch FROM now() - received_at)::float8 * 1000 AS "ageMs" FROM leak_report
     WHERE state IN ('waiting', 'queued') AND next_look_at <= now()
     ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return parseRows(answer, DueSchema)[0] ?? null;
}

/** Which instances of a platform sources have posts from. */
export async function listInstancesOf(db: Queryable, platform: string): Promise<string[]> {
  const answer = await db.query('SELECT DISTINCT instance FROM ingest_source WHERE platform = $1', [
    platform,
  ]);
  return parseRows(answer, z.object({ instance: z.string() })).map(({ instance }) => instance);
}

/** How a post may be known: by any of these ids, or any of these addresses. */
export interface PostNames {
  readonly threadIds: readonly string[];
  readonly links: readonly string[];
}

const FoundSchema = z.object({ id: z.string(), creatorId: z.string() });

/**
 * The alert that has a post: one of the campaign where several have it, then one that is not resolved, then the newest. Of a
 * duplicate, the alert that it is the same incident as. The canary's are none.
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

/** Puts off a report whose turn has failed, so that others have theirs. */
export async function putOffLeakReport(db: Queryable, id: string, lookAgainMs: number): Promise<void> {
  await db.query(
    `UPDATE leak_report SET next_look_at = now() + $2 * interval '1 ms'
     WHERE id = $1 AND state IN ('waiting', 'queued')`,
    [id, lookAgainMs],
  );
}

/** Leaves a report unattached. It is looked at again after `lookAgainMs`. */
export async function postponeLeakReport(
  tx: Queryable,
  {
    id,
    state,
    postKnown,
    lookAgainMs,
  }: { id: string; state: 'waiting' | 'queued'; postKnown: boolean | null; lookAgainMs: number },
): Promise<void> {
  await tx.query(
    `UPDATE leak_report SET state = $2, post_known = $3, next_look_at = now() + $4 * interval '1 ms' WHERE id = $1`,
    [id, state, postKnown, lookAgainMs],
  );
}

/** Erases how to reach those who reported so long ago. Gives how many there were. */
export async function eraseReportContacts(db: Queryable, keepMs: number): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE leak_report SET contact = NULL WHERE contact IS NOT NULL AND received_at < now() - $1 * interval '1 ms'`,
    [keepMs],
  );
  return rowCount ?? 0;
}
