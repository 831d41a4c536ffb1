import { PostSchema } from '@leakwatch/contracts';
import { parseRows, type Database } from '@leakwatch/store';
import { z } from 'zod';
import { eraseAlert, IS_HELD } from './erase-alert.ts';
import { BLANK_TIP, eraseSamples } from './erase-rest.ts';

const ALERTS_AT_ONCE = 50;
const ROWS_AT_ONCE = 200;

const IdRow = z.object({ id: z.string() });
const SampleRow = z.object({ threadId: z.string(), post: PostSchema });

/**
 * Takes creators' words out of alerts that were resolved before an instant, and out of drawn posts and tips that came before
 * it. Creators keep their alerts: how often one leaked is still counted. True if there is more.
 */
export async function eraseOldCases(store: Database, before: Date): Promise<boolean> {
  const alerts = parseRows(
    await store.pool.query(
      `SELECT id FROM alert a WHERE state = 'resolved' AND erased_at IS NULL AND resolved_at < $1 AND NOT ${IS_HELD}
       ORDER BY resolved_at LIMIT ${ALERTS_AT_ONCE}`,
      [before],
    ),
    IdRow,
  );
  for (const { id } of alerts) {
    await store.transaction((tx) => eraseAlert(tx, id, { pseudonym: null, threadIds: null }));
  }
  const samples = await store.transaction(async (tx) => {
    const answer = await tx.query(
      `SELECT thread_id AS "threadId", post FROM review_sample WHERE erased_at IS NULL AND sampled_at < $1
       LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [before],
    );
    const rows = parseRows(answer, SampleRow);
    await eraseSamples(tx, rows, null);
    return rows.length;
  });
  const { rowCount: tips } = await store.pool.query(
    `UPDATE tip SET ${BLANK_TIP} WHERE ctid IN (
       SELECT ctid FROM tip WHERE erased_at IS NULL AND received_at < $1 AND state NOT IN ('waiting', 'queued')
       LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED
     )`,
    [before],
  );
  return alerts.length > 0 || samples > 0 || (tips ?? 0) > 0;
}
