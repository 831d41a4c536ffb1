import { type Socket } from 'node:net';
import { type Broker, type Cluster, type Kafka } from 'kafkajs';
import { EventLogError } from '../../port/errors.ts';
import { createKafkaClient, type KafkaConnectionOptions } from './kafka-client.ts';
import { isConnectionSuspect } from './kafka-errors.ts';

/** One set of kafkajs' connections to the brokers, and what has been learned over them. */
export interface Connections {
  readonly cluster: Cluster;
  /** Topics whose metadata the cluster reads. */
  readonly topics: Set<string>;
  /** The coordinator of each group. */
  readonly coordinators: Map<string, Broker>;
  /** A request has failed since the metadata were read: leaders may have changed. */
  isStale: boolean;
}

/** The connections in use. They are replaced as a whole when one of them may be broken. */
export interface ConnectionKeeper {
  readonly current: () => Connections;
  /** Does work over connections. `close` waits for it, since it may still open a connection. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Connects where needed, and reads the metadata anew where they may be stale. */
  ready(connections: Connections): Promise<Cluster>;
  /** Draws the conclusions from a request that failed. */
  noteFailure(error: unknown, over: Connections): void;
  close(): Promise<void>;
}

export function keepConnections(options: KafkaConnectionOptions): ConnectionKeeper {
  const sockets = new Set<Socket>();
  const underWay = new Set<Promise<unknown>>();
  const connect = (): Connections => ({
    cluster: clusterOf(createKafkaClient(options, sockets)),
    topics: new Set(),
    coordinators: new Map(),
    isStale: false,
  });
  let current = connect();
  let isClosed = false;

  function assertOpen(): void {
    if (isClosed) throw new EventLogError('closed', 'the connection to Kafka has been closed');
  }

  return {
    current: () => current,

    async run(work) {
      assertOpen();
      const done = work();
      underWay.add(done);
      try {
        return await done;
      } finally {
        underWay.delete(done);
      }
    },

    async ready(connections) {
      assertOpen();
      const { cluster } = connections;
      if (!cluster.isConnected()) await cluster.connect();
      if (connections.isStale) {
        await cluster.refreshMetadata();
        connections.isStale = false;
      }
      await cluster.refreshMetadataIfNecessary();
      return cluster;
    },

    /**
     * Leaves all connections behind where one of them may be broken, for two reasons:
     * - A peer that no longer answers would only let the next request wait as long.
     * - A connection that breaks in the middle of an answer keeps its first half. kafkajs 2.2.4 never drops that half: it takes
     *   what comes over the next connection for the rest, and no request on it is ever answered.
     */
    noteFailure(error, over) {
      over.isStale = true;
      if (over !== current || isClosed || !isConnectionSuspect(error)) return;
      current = connect();
      // Requests under way over the old connections fail by themselves, and their callers hear of it.
      const left = over.cluster.disconnect();
      underWay.add(left);
      const forget = () => underWay.delete(left);
      left.then(forget, forget);
    },

    async close() {
      isClosed = true;
      await current.cluster.disconnect();
      await Promise.allSettled(underWay);
      // Work under way may have connected again.
      await current.cluster.disconnect();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Takes the cluster from kafkajs. The library hands it to partition assigners only, so a consumer is made for its assigner.
 * docs/decisions/0401-kafka-through-kafkajs.md says why the consumer itself is not used.
 */
function clusterOf(kafka: Kafka): Cluster {
  const clusters: Cluster[] = [];
  kafka.consumer({
    groupId: 'none',
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        clusters.push(cluster);
        return {
          name: 'none',
          version: 0,
          assign: () => Promise.resolve([]),
          protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
        };
      },
    ],
  });
  const [cluster] = clusters;
  if (cluster === undefined)
    throw new TypeError('kafkajs made a consumer without calling its partition assigner');
  return cluster;
}
