import { type Pool } from 'pg';
import { prepared, unprepared } from './prepared-statement.ts';
import { type NamedQuery, type Queryable } from './queryable.ts';
import { StoreError } from './store-error.ts';
import { createSealer, withSealedValues, type Sealer } from './sealing/sealer.ts';
import { toStoreError } from './to-store-error.ts';

/**
 * Runs `work` in one transaction: commits when it resolves; rolls back when it rejects, and passes its error on. SQL
 * errors are StoreErrors; after a `conflict` the whole may be tried again.
 */
export async function runTransaction<T>(
  pool: Pool,
  work: (tx: Queryable) => Promise<T>,
  options: { readonly sealer?: Sealer; readonly keepsSessions: boolean },
): Promise<T> {
  const { sealer = createSealer() } = options;
  const statementOf = options.keepsSessions ? prepared : unprepared;
  await sealer.prepare();
  const client = await pool.connect();
  const run = async (query: string | NamedQuery, values?: unknown[]) => {
    try {
      const answer = await client.query(withSealedValues(sealer, statementOf(query, values)));
      await sealer.open(answer.rows);
      return answer;
    } catch (error) {
      throw toStoreError(error);
    }
  };
  let isBroken = true;
  try {
    await run('BEGIN');
    const result = await work({ query: run });
    const { command } = await run('COMMIT');
    // Postgres answers COMMIT this way, without an error, if a statement had failed and `work` went on regardless.
    if (command !== 'COMMIT') {
      throw new StoreError(
        'query-failed',
        'the transaction was rolled back because a statement in it failed',
      );
    }
    isBroken = false;
    return result;
  } catch (error) {
    // On a lost connection nothing can be said any more: the server rolls back by itself.
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
