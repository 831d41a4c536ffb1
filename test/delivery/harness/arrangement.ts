import { TOPICS } from '@leakwatch/contracts';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { type LogAddress } from './service-messages.ts';

/** A fresh database and a fresh, empty log with leakwatch's topics. */
export interface Arrangement {
  readonly store: TestStore;
  readonly address: LogAddress;
  close(): Promise<void>;
}

export interface LogKind {
  readonly name: string;
  /** What of the machine it needs, and whether that is here. */
  readonly needs: string;
  readonly isHere: boolean;
  arrange(): Promise<Arrangement>;
}

export const PARTITIONS = 6;

/** Short enough that a dead process is missed soon, long enough for a machine that is busy with other things. */
export const SESSION_MS = 3000;
/** How long a server may be silent before it counts as away. */
export const ANSWER_MS = 4000;

const POSTGRES_LOG: LogKind = {
  name: 'the log in Postgres',
  needs: '',
  isHere: true,
  async arrange() {
    const store = await openTestStore();
    const creating = await createPostgresEventLog({
      database: {
        query: (text, values) => store.pool.query(text, values),
        listen: (channel, onNotify) => store.listen(channel, onNotify),
      },
      topics: TOPICS,
      partitions: PARTITIONS,
    });
    await creating.close();
    return { store, address: postgresLogAt(store.connectionString), close: () => store.drop() };
  },
};

export function postgresLogAt(connectionString: string): LogAddress {
  return { kind: 'postgres', connectionString, leaseMs: SESSION_MS, answerMs: ANSWER_MS };
}

/** Every log that the rows of the matrix run on. */
export const LOG_KINDS: readonly LogKind[] = [POSTGRES_LOG];
