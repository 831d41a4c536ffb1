import { TOPICS } from '@leakwatch/contracts';
import { EventLogError, type EventLog } from '@leakwatch/event-log';
import { UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type KafkaConfig } from './kafka-config.ts';

/** A process that was killed left its partitions behind: the next one waits so long for them. */
const LEASE_MS = 4_000;

/** Opens the log in Kafka, or, with null, the one in the store's database. The client of the other is never loaded. */
export async function openLog(
  kafka: KafkaConfig | null,
  store: Store,
): Promise<{ log: EventLog; description: string }> {
  if (kafka === null) return { log: await openPostgresLog(store), description: 'in the same database' };
  return { log: await openKafkaLog(kafka), description: `Kafka at ${kafka.brokers.join(', ')}` };
}

async function openPostgresLog(store: Store): Promise<EventLog> {
  const { createPostgresEventLog } = await import('@leakwatch/event-log/postgres');
  return createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    leaseMs: LEASE_MS,
  });
}

async function openKafkaLog(kafka: KafkaConfig): Promise<EventLog> {
  const { createKafkaEventLog } = await import('@leakwatch/event-log/kafka');
  try {
    return await createKafkaEventLog({ ...kafka, topics: TOPICS });
  } catch (error) {
    if (!(error instanceof EventLogError) || error.code !== 'unknown-topic') throw error;
    throw new UsageError(`${error.message}: \`leakwatch topics create\` makes what is missing`);
  }
}
