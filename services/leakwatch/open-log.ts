import { TOPICS } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { type Store } from '@leakwatch/store';

/** A process that was killed left its partitions behind: the next one waits so long for them. */
const LEASE_MS = 4_000;

/** The event log in the store's database. */
export async function openLog(store: Store): Promise<{ log: EventLog; name: string }> {
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    leaseMs: LEASE_MS,
  });
  return { log, name: 'in the same database' };
}
