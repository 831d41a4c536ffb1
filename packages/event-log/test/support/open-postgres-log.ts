import { type Store } from '@leakwatch/store';
import pg from 'pg';
import { z } from 'zod';
import { type EventLog } from '../../port/event-log.ts';
import {
  createPostgresEventLog,
  type LogDatabase,
  type PostgresEventLogOptions,
} from '../../postgres/index.ts';

/** Short enough that a dead member is missed soon, long enough for a machine that is busy with other things. */
export const TEST_SETTINGS = {
  leaseMs: 3000,
  backOff: { firstMs: 5, longestMs: 50 },
} satisfies Partial<PostgresEventLogOptions>;

export function logDatabaseOf(store: Store): LogDatabase {
  return {
    query: (text, values) => store.pool.query(text, values),
    listen: (channel, onNotify) => store.listen(channel, onNotify),
  };
}

/** Opens the log for child-member.ts: over a pool of the child's own, by the address of the database. */
export function openEventLog(options: unknown): Promise<EventLog> {
  const { connectionString } = z.object({ connectionString: z.string() }).parse(options);
  const pool = new pg.Pool({ connectionString, max: 5 });
  const database: LogDatabase = {
    query: (text, values) => pool.query(text, values),
    async listen(channel, onNotify) {
      const client = new pg.Client({ connectionString });
      client.on('notification', ({ payload }) => onNotify(payload ?? ''));
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      return () => client.end();
    },
  };
  return createPostgresEventLog({ ...TEST_SETTINGS, database, topics: [] });
}
