import path from 'node:path';
import { TOPICS } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { type Stoppable } from '@leakwatch/runtime';
import { openStore, type Store } from '@leakwatch/store';

/** What every command but `scan` works on: the database, and the log in it. */
export interface Environment extends Stoppable {
  readonly store: Store;
  readonly log: EventLog;
  /** For people: which database it is, without its password. */
  readonly description: string;
}

const LEASE_MS = 4_000;

/** Opens the database of `DATABASE_URL`, else the embedded one in the data folder, and the event log. */
export async function openEnvironment(options: {
  dataDir: string;
  onNotice?: (line: string) => void;
}): Promise<Environment> {
  const databaseUrl = process.env.DATABASE_URL;
  const store = await openStore({
    dataDir: options.dataDir,
    applicationName: 'leakwatch',
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
    ...(options.onNotice === undefined ? {} : { onNotice: options.onNotice }),
  });
  try {
    const log = await createPostgresEventLog({
      database: {
        query: (text, values) => store.pool.query(text, values),
        listen: (channel, onNotify) => store.listen(channel, onNotify),
      },
      topics: TOPICS,
      // A process that was killed left its partitions behind: the next one waits so long for them.
      leaseMs: LEASE_MS,
    });
    return {
      name: 'database and log',
      store,
      log,
      description: store.embedded
        ? `embedded Postgres in ${path.relative(process.cwd(), options.dataDir) || '.'}`
        : 'the Postgres of DATABASE_URL',
      stop: async () => {
        await log.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
