import { StoreError, type Database, type Queryable, type Store } from '@leakwatch/store';
import { UsageError } from '@leakwatch/runtime';
import { type Viewer } from './viewer.ts';

/**
 * The database as a viewer may see it: every statement runs as the role leakwatch_console, whose row-level security
 * shows the viewer's campaigns and no others (000025-console.sql). A query that forgets a filter shows nothing more.
 * Pages cost what they cost on a disk without moving parts: else the planner reads whole tables where an index holds all it needs.
 */
export function scopedTo(store: Pick<Store, 'transaction'>, viewer: Pick<Viewer, 'campaigns'>): Database {
  const campaigns = viewer.campaigns === null ? '*' : JSON.stringify(viewer.campaigns);
  const transaction = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> =>
    store.transaction(async (tx) => {
      await tx.query({
        name: 'console-scope',
        text: `SELECT set_config('role', 'leakwatch_console', true), set_config('leakwatch.campaigns', $1, true),
          set_config('random_page_cost', '1.1', true)`,
        values: [campaigns],
      });
      return work(tx);
    });
  return {
    pool: { query: (query, values) => transaction((tx) => tx.query(query, values)) },
    transaction,
  };
}

/**
 * Gives the role its rights, and proves that this user may take the role.
 *
 * @throws UsageError saying what an administrator of the database has to do
 */
export async function prepareRole(store: Pick<Store, 'pool' | 'transaction'>): Promise<void> {
  try {
    await store.pool.query('SELECT console_grant()');
    await scopedTo(store, { campaigns: [] }).pool.query('SELECT 1 FROM alert LIMIT 1');
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'query-failed') throw error;
    throw new UsageError(
      `the console needs the database role leakwatch_console (${error.message}). Let an administrator run: ` +
        'CREATE ROLE leakwatch_console NOLOGIN; GRANT leakwatch_console TO <the user of DATABASE_URL>;',
    );
  }
}
