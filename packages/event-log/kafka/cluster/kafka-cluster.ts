import { type Socket } from 'node:net';
import { type Broker, type Cluster, type Kafka } from 'kafkajs';
import { type BackOff, backOffMs, pauseFor } from '../../adapter/back-off.ts';
import { EventLogError } from '../../port/errors.ts';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { createKafkaClient, type KafkaConnectionOptions } from './kafka-client.ts';
import { isConnectionSuspect, kafkaErrorType, toEventLogError } from './kafka-errors.ts';

/** The brokers of a Kafka, asked one by one: who leads what is known, and looked up again when an answer says otherwise. */
export interface KafkaCluster {
  /** How many partitions a topic has. @throws EventLogError `unknown-topic` */
  partitions(topic: string): Promise<number>;
  /** The partitions by the broker that leads them. */
  byLeader<T extends TopicPartition>(partitions: readonly T[]): Promise<Map<string, T[]>>;
  /** @throws EventLogError whatever goes wrong */
  ask<T>(nodeId: string, request: (broker: Broker) => Promise<T>): Promise<T>;
  /** Asks the cluster as a whole. @throws EventLogError */
  askAll<T>(request: (cluster: Cluster) => Promise<T>): Promise<T>;
  /** Asks the broker that coordinates a group. Errors come as they are: the group's rules are told by their types. */
  askCoordinator<T>(groupId: string, request: (broker: Broker) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What the right coordinator says in the course of things. */
const GROUP_ANSWERS: ReadonlySet<string> = new Set([
  'REBALANCE_IN_PROGRESS',
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
]);
/** What brokers say while a group's coordinator starts, or moves from one to another. */
const UNSETTLED: ReadonlySet<string> = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);
/** What they say while a partition's leader is new, or moves from one to another. */
const LEADER_UNSETTLED: ReadonlySet<string> = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE']);
/** How long to wait for that. */
const SETTLE_MS = 15_000;
const BACK_OFF: BackOff = { firstMs: 50, longestMs: 1000 };

/**
 * kafkajs hands its cluster to partition assigners, and that is the one public way to it. Its consumer is not used: see
 * docs/decisions/0401-kafka-through-kafkajs.md.
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
  if (cluster === undefined) throw new TypeError('kafkajs made a consumer without its assigners');
  return cluster;
}

/** kafkajs' connections to the brokers, and what has been learned over them. */
interface Connections {
  readonly cluster: Cluster;
  readonly topics: Set<string>;
  readonly coordinators: Map<string, Broker>;
  /** Something has failed since the metadata were read: who leads what may have changed. */
  stale: boolean;
}

export function createKafkaCluster(options: KafkaConnectionOptions): KafkaCluster {
  const sockets = new Set<Socket>();
  const connect = (): Connections => ({
    cluster: clusterOf(createKafkaClient(options, sockets)),
    topics: new Set(),
    coordinators: new Map(),
    stale: false,
  });
  let connections = connect();
  let closed = false;
  /** What has been asked and not answered: it may make a connection yet. */
  const underWay = new Set<Promise<unknown>>();

  function mustBeOpen(): void {
    if (closed) throw new EventLogError('closed', 'the connection to Kafka has been closed');
  }

  async function tracked<T>(work: () => Promise<T>): Promise<T> {
    mustBeOpen();
    const done = work();
    underWay.add(done);
    try {
      return await done;
    } finally {
      underWay.delete(done);
    }
  }

  async function connected(to: Connections): Promise<Cluster> {
    mustBeOpen();
    if (!to.cluster.isConnected()) await to.cluster.connect();
    if (to.stale) {
      await to.cluster.refreshMetadata();
      to.stale = false;
    }
    await to.cluster.refreshMetadataIfNecessary();
    return to.cluster;
  }

  async function partitionIds(over: Connections, topic: string): Promise<number[]> {
    if (!over.topics.has(topic)) await findTopic(over, topic);
    return (await connected(over)).findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
  }

  async function findTopic(over: Connections, topic: string): Promise<void> {
    const cluster = await connected(over);
    try {
      await cluster.addTargetTopic(topic);
    } catch (error) {
      if (kafkaErrorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
      throw new EventLogError('unknown-topic', `topic ${topic} has not been created`, error);
    }
    over.topics.add(topic);
  }

  /**
   * A connection whose peer no longer answers would only let the next request wait as long. And one that breaks in the middle of
   * an answer keeps the half of it: kafkajs 2.2.4 never lets go of that, opens the same connection again and takes what comes then
   * for the rest, so that no request on it is ever answered. Whatever is no broker's answer may be one of the two: then all
   * connections are left behind and made anew.
   *
   * @param over - what the request went over
   */
  function failed(error: unknown, over: Connections): void {
    over.stale = true;
    if (over !== connections || closed || !isConnectionSuspect(error)) return;
    connections = connect();
    // What is under way there ends as it may; whoever asked hears of that.
    const left = over.cluster.disconnect();
    underWay.add(left);
    const forget = () => underWay.delete(left);
    left.then(forget, forget);
  }

  async function asked<T>(request: (over: Connections) => Promise<T>): Promise<T> {
    const until = performance.now() + SETTLE_MS;
    for (let failures = 1; ; failures++) {
      const over = connections;
      try {
        return await tracked(() => request(over));
      } catch (error) {
        failed(error, over);
        const isUnsettled = LEADER_UNSETTLED.has(kafkaErrorType(error) ?? '');
        if (!isUnsettled || performance.now() > until) throw toEventLogError(error);
      }
      await pauseFor(backOffMs(BACK_OFF, failures));
    }
  }

  async function askOnce<T>(groupId: string, request: (broker: Broker) => Promise<T>): Promise<T> {
    const over = connections;
    const known = over.coordinators.get(groupId);
    let broker = known?.isConnected() === true ? known : undefined;
    try {
      if (broker === undefined) {
        broker = await (await connected(over)).findGroupCoordinator({ groupId });
        over.coordinators.set(groupId, broker);
      }
      return await request(broker);
    } catch (error) {
      if (!GROUP_ANSWERS.has(kafkaErrorType(error) ?? '')) {
        over.coordinators.delete(groupId);
        failed(error, over);
      }
      throw error;
    }
  }

  return {
    partitions: (topic) => asked(async (over) => (await partitionIds(over, topic)).length),

    byLeader: (partitions) =>
      asked(async (over) => {
        const leaders = new Map<string, (typeof partitions)[number][]>();
        for (const topic of new Set(partitions.map((one) => one.topic))) await partitionIds(over, topic);
        const cluster = await connected(over);
        for (const one of partitions) {
          const [leader] = Object.keys(cluster.findLeaderForPartitions(one.topic, [one.partition]));
          if (leader === undefined || leader === '-1') {
            throw new EventLogError('log-unavailable', `${one.topic}/${one.partition} has no leader now`);
          }
          leaders.set(leader, [...(leaders.get(leader) ?? []), one]);
        }
        return leaders;
      }),

    async ask(nodeId, request) {
      const over = connections;
      try {
        return await tracked(async () => request(await (await connected(over)).findBroker({ nodeId })));
      } catch (error) {
        failed(error, over);
        throw toEventLogError(error);
      }
    },

    askAll: (request) => asked(async (over) => request(await connected(over))),

    async askCoordinator(groupId, request) {
      const until = performance.now() + SETTLE_MS;
      for (let failures = 1; ; failures++) {
        try {
          return await tracked(() => askOnce(groupId, request));
        } catch (error) {
          if (!UNSETTLED.has(kafkaErrorType(error) ?? '') || performance.now() > until) throw error;
          await pauseFor(backOffMs(BACK_OFF, failures));
        }
      }
    },

    async close() {
      closed = true;
      await connections.cluster.disconnect();
      await Promise.allSettled(underWay);
      // What was being made then is there only now.
      await connections.cluster.disconnect();
      for (const socket of sockets) socket.destroy();
    },
  };
}
