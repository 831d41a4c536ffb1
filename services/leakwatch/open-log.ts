import { TOPICS } from '@leakwatch/contracts';
import { EventLogError, type EventLog } from '@leakwatch/event-log';
import { type LogDatabase, type TrimOptions } from '@leakwatch/event-log/postgres';
import { UsageError } from '@leakwatch/runtime';
import { secretBytes, type Store } from '@leakwatch/store';
import { type KafkaConfig } from './kafka-config.ts';
import { typed } from './typed.ts';

/** How long a new process waits for the partitions of one that was killed. */
const LEASE_MS = 4_000;

interface OpenedLog {
  readonly log: EventLog;
  readonly description: string;
}

/** Opens the log in Kafka, or, with null, the one in the store's database. The other's client is never loaded. */
export async function openLog(kafka: KafkaConfig | null, store: Store): Promise<OpenedLog> {
  if (kafka === null) return { log: await openPostgresLog(store), description: 'in the same database' };
  return { log: await openKafkaLog(kafka), description: `Kafka at ${kafka.brokers.join(', ')}` };
}

/** Drops a topic's old records from the store's log. If the log is Kafka, its topics' settings drop them instead. */
export async function trimLog(
  store: Store,
  topic: string,
  before: Date,
  options: TrimOptions = {},
): Promise<number> {
  const { trimTopic } = await import('@leakwatch/event-log/postgres');
  return trimTopic(databaseOf(store), topic, before, options);
}

/** The database as the log in Postgres uses it. */
export function databaseOf(store: Store): LogDatabase {
  return {
    query: (text, values) => store.pool.query(text, values),
    secret: secretBytes,
    listen: (channel, onNotify) => store.listen(channel, onNotify),
  };
}

async function openPostgresLog(store: Store): Promise<EventLog> {
  const { createPostgresEventLog } = await import('@leakwatch/event-log/postgres');
  return createPostgresEventLog({ database: databaseOf(store), topics: TOPICS, leaseMs: LEASE_MS });
}

async function openKafkaLog(kafka: KafkaConfig): Promise<EventLog> {
  const { createKafkaEventLog } = await import('@leakwatch/event-log/kafka');
  try {
    return await createKafkaEventLog({ ...kafka, topics: TOPICS });
  } catch (error) {
    if (!(error instanceof EventLogError)) throw error;
    if (error.code === 'unknown-topic') {
      throw new UsageError(`${error.message}: \`${typed('topics create')}\` creates what is missing`);
    }
    if (isCertificateError(error)) {
      throw new UsageError(`${error.message}: KAFKA_SSL_CA names the authorities to trust`);
    }
    if (error.code === 'log-refused') {
      throw new UsageError(`${error.message}: the brokers refuse what KAFKA_SASL_… and KAFKA_SSL_… say`);
    }
    throw error;
  }
}

/** Node's and OpenSSL's codes for certificates that are not trusted, have expired or bear another name. */
const CERTIFICATE =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;

function isCertificateError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isOne = 'code' in error && typeof error.code === 'string' && CERTIFICATE.test(error.code);
  return isOne || isCertificateError(error.cause);
}
