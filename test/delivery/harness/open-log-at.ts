import { type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { openStore } from '@leakwatch/store';
import { type LogAddress } from './service-messages.ts';

/** A client of its own, which closes all that it has opened. */
export async function openLogAt(address: LogAddress): Promise<EventLog> {
  const store = await openStore({
    databaseUrl: address.connectionString,
    dataDir: '',
    applicationName: 'leakwatch log',
    migrate: false,
  });
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: [],
    leaseMs: address.leaseMs,
    answerMs: address.answerMs,
    backOff: { firstMs: 20, longestMs: 500 },
  });
  return {
    ...log,
    async close() {
      await log.close();
      await store.close();
    },
  };
}
