import { type Socket } from 'node:net';
import { type Broker, type Cluster, type Kafka } from 'kafkajs';
import { type BackOff, backOffMs, pauseFor } from '../back-off.ts';
import { EventLogError } from '../errors.ts';
import { type TopicPartition } from '../subscription/log-source.ts';
import { createKafkaClient, type KafkaConnectionOptions } from './connection.ts';
import { isAnswerOverdue, kafkaErrorType, toEventLogError } from './kafka-errors.ts';

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

export function createKafkaCluster(options: KafkaConnectionOptions): KafkaCluster {
  const sockets = new Set<Socket>();
  const cluster = clusterOf(createKafkaClient(options, sockets));
  const topics = new Set<string>();
  const coordinators = new Map<string, Broker>();
  /** Something has failed since the metadata were read: who leads what may have changed. */
  let stale = false;
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

  async function connected(): Promise<Cluster> {
    mustBeOpen();
    if (!cluster.isConnected()) await cluster.connect();
    if (stale) {
      await cluster.refreshMetadata();
      stale = false;
    }
    await cluster.refreshMetadataIfNecessary();
    return cluster;
  }

  async function partitionIds(topic: string): Promise<number[]> {
    if (!topics.has(topic)) await findTopic(topic);
    return (await connected()).findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
  }

  async function findTopic(topic: string): Promise<void> {
    const kafka = await connected();
    try {
      await kafka.addTargetTopic(topic);
    } catch (error) {
      if (kafkaErrorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
      throw new EventLogError('unknown-topic', `topic ${topic} has not been created`, error);
    }
    topics.add(topic);
  }

  /**
   * A connection whose peer no longer answers would only let the next request wait as long. Where it is not known which one
   * that is, all of them go: whoever looks the cluster up takes any that seems connected, and would take the same one for ever.
   */
  async function failed(error: unknown, broker?: Broker): Promise<void> {
    stale = true;
    if (isAnswerOverdue(error)) await (broker ?? cluster).disconnect();
  }

  async function asked<T>(request: () => Promise<T>): Promise<T> {
    const until = performance.now() + SETTLE_MS;
    for (let failures = 1; ; failures++) {
      try {
        return await tracked(request);
      } catch (error) {
        await failed(error);
        const isUnsettled = LEADER_UNSETTLED.has(kafkaErrorType(error) ?? '');
        if (!isUnsettled || performance.now() > until) throw toEventLogError(error);
      }
      await pauseFor(backOffMs(BACK_OFF, failures));
    }
  }

  async function askOnce<T>(groupId: string, request: (broker: Broker) => Promise<T>): Promise<T> {
    const known = coordinators.get(groupId);
    let broker = known?.isConnected() === true ? known : undefined;
    try {
      if (broker === undefined) {
        broker = await (await connected()).findGroupCoordinator({ groupId });
        coordinators.set(groupId, broker);
      }
      return await request(broker);
    } catch (error) {
      if (!GROUP_ANSWERS.has(kafkaErrorType(error) ?? '')) {
        coordinators.delete(groupId);
        await failed(error, broker);
      }
      throw error;
    }
  }

  return {
    partitions: (topic) => asked(async () => (await partitionIds(topic)).length),

    byLeader: (partitions) =>
      asked(async () => {
        const leaders = new Map<string, (typeof partitions)[number][]>();
        for (const topic of new Set(partitions.map((one) => one.topic))) await partitionIds(topic);
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
      let broker: Broker | undefined;
      try {
        return await tracked(async () => {
          broker = await (await connected()).findBroker({ nodeId });
          return request(broker);
        });
      } catch (error) {
        await failed(error, broker);
        throw toEventLogError(error);
      }
    },

    askAll: (request) => asked(async () => request(await connected())),

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
      await cluster.disconnect();
      await Promise.allSettled(underWay);
      // What was being made then is there only now.
      await cluster.disconnect();
      for (const socket of sockets) socket.destroy();
    },
  };
}
