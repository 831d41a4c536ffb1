import { TOPICS } from '@leakwatch/contracts';
import { createTopic, trimTopic } from '@leakwatch/event-log/postgres';
import { openTestStore } from '@leakwatch/store/testing';
import { ANSWER_MS, type LogKind, PARTITIONS, SESSION_MS, through } from './arrangement.ts';
import { type LogAddress } from './service-messages.ts';

export const POSTGRES_LOG: LogKind = {
  name: 'the log in Postgres',
  needs: '',
  isHere: true,
  async arrange({ network, databaseNetwork = network, without = [] } = {}) {
    const store = await openTestStore();
    const database = {
      query: (text: string, values?: unknown[]) => store.pool.query(text, values),
      listen: store.listen.bind(store),
    };
    const create = (topic: string) => createTopic(database, { topic, partitions: PARTITIONS });
    for (const topic of TOPICS) if (!without.includes(topic)) await create(topic);
    const databaseUrl = through(databaseNetwork, store.connectionString);
    return {
      store,
      address: logIn(store.connectionString),
      forServices: { log: logIn(databaseUrl), databaseUrl },
      createTopic: create,
      // A time in the future makes every record old.
      trim: async (topic) => {
        await trimTopic(database, topic, new Date(Date.now() + 86_400_000));
      },
      close: () => store.drop(),
    };
  },
  isAppend: (request) => request.includes('log_append'),
};

function logIn(connectionString: string): LogAddress {
  return { kind: 'postgres', connectionString, sessionMs: SESSION_MS, answerMs: ANSWER_MS };
}
