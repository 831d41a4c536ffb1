import { openTestStore } from '@leakwatch/store/testing';
import { describeEventLogContract, type EventLogHarness } from '../../contract-tests/index.ts';
import { createPostgresEventLog, createTopic } from '../../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

describeEventLogContract('the Postgres adapter', async (): Promise<EventLogHarness> => {
  const store = await openTestStore();
  const database = logDatabaseOf(store);
  return {
    createTopic: (topic, partitions) => createTopic(database, { topic, partitions }),
    open: () => createPostgresEventLog({ ...TEST_SETTINGS, database, topics: [] }),
    letters: store.pool,
    child: {
      module: new URL('../support/open-postgres-log.ts', import.meta.url).href,
      options: { connectionString: store.connectionString },
    },
    close: () => store.drop(),
  };
});
