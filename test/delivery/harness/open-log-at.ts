import { type EventLog } from '@leakwatch/event-log';
import { type KafkaConnectionOptions } from '@leakwatch/event-log/kafka';
import { openStore } from '@leakwatch/store';
import { inNamespace } from './in-namespace.ts';
import { type LogAddress } from './service-messages.ts';

type AddressOf<Kind extends LogAddress['kind']> = Extract<LogAddress, { kind: Kind }>;

const BACK_OFF = { firstMs: 20, longestMs: 500 };

/** Opens a separate client; closing it closes everything that it opened. */
export function openLogAt(address: LogAddress): Promise<EventLog> {
  return address.kind === 'postgres' ? openPostgresLog(address) : openKafkaLog(address);
}

async function openPostgresLog(address: AddressOf<'postgres'>): Promise<EventLog> {
  const { createPostgresEventLog } = await import('@leakwatch/event-log/postgres');
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
    leaseMs: address.sessionMs,
    answerMs: address.answerMs,
    backOff: BACK_OFF,
  });
  return {
    ...log,
    async close() {
      await log.close();
      await store.close();
    },
  };
}

async function openKafkaLog(address: AddressOf<'kafka'>): Promise<EventLog> {
  const { createKafkaEventLog } = await import('@leakwatch/event-log/kafka');
  const log = await createKafkaEventLog({
    brokers: address.brokers,
    clientId: 'leakwatch-delivery',
    ...signInOf(address.account),
    topics: [],
    sessionTimeoutMs: address.sessionMs,
    rebalanceTimeoutMs: 3 * address.sessionMs,
    answerMs: address.answerMs,
    backOff: BACK_OFF,
  });
  return inNamespace(log, address.namespace);
}

export function signInOf(
  account: AddressOf<'kafka'>['account'],
): Pick<KafkaConnectionOptions, 'tls' | 'sasl'> {
  if (account === undefined) return {};
  const { ca, ...user } = account;
  return { tls: { ca }, sasl: { mechanism: 'scram-sha-512', ...user } };
}
