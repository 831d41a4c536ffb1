import type pg from 'pg';
import { z } from 'zod';

/** The process of the server that a connection was told of when it began. A pooler tells a number of its own. */
const GreetedSchema = z.object({ processID: z.int().nullable() });
/** Tries before a pooler counts as one by session: a busy one may give the same session back by chance. */
const ROUNDS = 10;

/**
 * The pooler before the server, if any. One by transaction gives each transaction another session: what a session keeps, such as
 * LISTEN and prepared statements, is lost there.
 */
export type Pooling = 'none' | 'by-session' | 'by-transaction';

/**
 * Tells which it is by the processes of the server that answer.
 *
 * @param openOther - opens one more connection to the same address
 */
export async function findPooling(
  client: pg.Client,
  openOther: <T>(work: (other: pg.Client) => Promise<T>) => Promise<T>,
): Promise<Pooling> {
  const first = await processOf(client);
  if (first === GreetedSchema.parse(client).processID) return 'none';
  return openOther(async (other) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await other.query('BEGIN');
      try {
        // Asked first: in a pool of one session, ours would wait for the other's end.
        if ((await processOf(other)) === first) return 'by-transaction';
        if ((await processOf(client)) !== first) return 'by-transaction';
      } finally {
        await other.query('COMMIT');
      }
      // A pooler that lends the session last given back would lend each of us the same one for ever, if it did so once. Only in
      // every other round: one that lends them in turn would do the same.
      if (round % 2 === 0 && (await processOf(client)) !== first) return 'by-transaction';
    }
    return 'by-session';
  });
}

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return z.int().parse(rows[0]?.pid);
}
