import { randomUUID } from 'node:crypto';
import { TOPICS } from '@leakwatch/contracts';
import { type Access, ensureTopics, grantAccess } from '@leakwatch/event-log/kafka';
import { hasJavaAndMaven } from '@leakwatch/kafka-local';
import { openTestStore } from '@leakwatch/store/testing';
import { serviceAccess } from '../../../services/leakwatch/kafka-access.ts';
import { ANSWER_MS, type Arrangement, type LogKind, PARTITIONS, SESSION_MS } from './arrangement.ts';
import { KAFKA_LOG } from './kafka-log.ts';
import { ADMIN, BROKERS, type ClusterAccess, passwordOf, TOGETHER } from './start-secured-cluster.ts';
import { signInOf } from './open-log-at.ts';
import { type LogAddress } from './service-messages.ts';

/** The log on such a cluster. */
export function clusterLog(access: ClusterAccess): LogKind {
  return {
    ...KAFKA_LOG,
    name: 'three brokers with TLS, SCRAM and ACLs',
    needs: 'Java and Maven',
    isHere: hasJavaAndMaven(),
    async arrange({ network, databaseNetwork, without = [] } = {}) {
      if (network !== undefined || databaseNetwork !== undefined) {
        throw new Error('no network stands before three brokers');
      }
      return arrangeOn(access, without);
    },
  };
}

async function arrangeOn({ brokers, ca }: ClusterAccess, without: readonly string[]): Promise<Arrangement> {
  const store = await openTestStore();
  const namespace = `${randomUUID().slice(0, 8)}.`;
  const addressFor = (username: string): LogAddress & { kind: 'kafka' } => ({
    kind: 'kafka',
    brokers: [...brokers],
    namespace,
    account: { ca, username, password: passwordOf(username) },
    sessionMs: SESSION_MS,
    answerMs: ANSWER_MS,
  });
  const address = addressFor(ADMIN);
  const connection = { brokers, clientId: 'leakwatch-delivery', ...signInOf(address.account) };
  const create = async (...topics: string[]) => {
    await ensureTopics(
      connection,
      topics.map((topic) => ({
        topic: namespace + topic,
        partitions: PARTITIONS,
        replicationFactor: BROKERS,
        config: { 'min.insync.replicas': '2' },
      })),
    );
  };
  await create(...TOPICS.filter((topic) => !without.includes(topic)));
  const accesses = serviceAccess('');
  await grantAccess(
    connection,
    [...accesses, ...accesses.map((access) => ({ ...access, user: TOGETHER }))].map((access) =>
      inNamespace(access, namespace),
    ),
  );
  return {
    store,
    address,
    forServices: { log: addressFor(TOGETHER), databaseUrl: store.connectionString },
    forService: (name) => ({ log: addressFor(name) }),
    createTopic: (topic) => create(topic),
    trim: () => Promise.reject(new Error('rows that trim run on one broker')),
    close: () => store.drop(),
  };
}

function inNamespace(access: Access, namespace: string): Access {
  const within = (names: readonly string[]) => names.map((name) => namespace + name);
  return {
    user: access.user,
    reads: within(access.reads),
    writes: within(access.writes),
    describes: within(access.describes),
    joins: within(access.joins),
    follows: within(access.follows),
  };
}
