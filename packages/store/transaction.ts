import { type Pool } from 'pg';
import { prepared } from './prepared-statement.ts';
import { type NamedQuery, type Queryable } from './queryable.ts';
import { StoreError } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

/**
 * Runs `work` inside one transaction: committed when it resolves, rolled back when it rejects, and then what it rejected
 * with is passed on. SQL errors are StoreErrors; a `conflict` may be tried again as a whole.
 */
export async function runTransaction<T>(pool: Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const run = (query: string | NamedQuery, values?: unknown[]) =>
    client.query(prepared(query, values)).catch((error: unknown) => Promise.reject(toStoreError(error)));
  let isBroken = true;
  try {
    await run('BEGIN');
    const result = await work({ query: run });
    const { command } = await run('COMMIT');
    // Postgres answers so, without an error, when a statement had failed and `work` went on regardless.
    if (command !== 'COMMIT') {
      throw new StoreError(
        'query-failed',
        'the transaction was rolled back because a statement in it failed',
      );
    }
    isBroken = false;
    return result;
  } catch (error) {
    // On a connection that is gone, or gives no answer, nothing more can be said: the server rolls back by itself.
    if (toStoreError(error).code === 'connection-lost') throw error;
    isBroken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(isBroken);
  }
}
