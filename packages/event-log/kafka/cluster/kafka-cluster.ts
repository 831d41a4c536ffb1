import { type BackOff, retry } from '@leakwatch/runtime/waiting';
import { type Broker, type Cluster } from 'kafkajs';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { type ConnectionKeeper, type Connections, keepConnections } from './connections.ts';
import { findPartitions, groupByLeader } from './find-leaders.ts';
import { type KafkaConnectionOptions } from './kafka-client.ts';
import { kafkaErrorType, toEventLogError } from './kafka-errors.ts';

/** The brokers of a Kafka, asked one by one. Leaders and coordinators are remembered, and looked up again after a failure. */
export interface KafkaCluster {
  /** Returns the number of a topic's partitions. @throws EventLogError `unknown-topic` */
  partitions(topic: string): Promise<number>;
  /** The partitions by the broker that leads them. */
  byLeader<T extends TopicPartition>(partitions: readonly T[]): Promise<Map<string, T[]>>;
  /** @throws EventLogError whatever goes wrong */
  ask<T>(nodeId: string, request: (broker: Broker) => Promise<T>): Promise<T>;
  /** Asks the cluster as a whole. @throws EventLogError */
  askAll<T>(request: (cluster: Cluster) => Promise<T>): Promise<T>;
  /** Asks the broker that coordinates a group. Throws kafkajs' errors: their types steer the member (group-member.ts). */
  askCoordinator<T>(groupId: string, request: (broker: Broker) => Promise<T>): Promise<T>;
  /** Looks leaders and partitions up again before the next request. */
  refresh(): void;
  close(): Promise<void>;
}

/** Ordinary answers of the right coordinator: they are no reason to look for another. */
const GROUP_ANSWERS: ReadonlySet<string> = new Set([
  'REBALANCE_IN_PROGRESS',
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
]);
/** Answers while a group's coordinator starts, or moves from one broker to another. */
const COORDINATOR_UNSETTLED: ReadonlySet<string> = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);
/** Answers while a partition's leader is new, or moves from one broker to another. */
const LEADER_UNSETTLED: ReadonlySet<string> = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE']);
/** How long such answers are waited out. */
const SETTLE_MS = 15_000;
const BACK_OFF: BackOff = { firstMs: 50, longestMs: 1000 };

export function createKafkaCluster(options: KafkaConnectionOptions): KafkaCluster {
  const keeper = keepConnections(options);

  /** Asks over the connections of now. */
  async function once<T>(request: (over: Connections) => Promise<T>): Promise<T> {
    const over = keeper.current();
    try {
      return await keeper.run(() => request(over));
    } catch (error) {
      keeper.noteFailure(error, over);
      throw toEventLogError(error);
    }
  }

  function untilLed<T>(request: (over: Connections) => Promise<T>): Promise<T> {
    return untilSettled(LEADER_UNSETTLED, () => once(request));
  }

  return {
    partitions: (topic) => untilLed(async (over) => (await findPartitions(keeper, over, topic)).length),
    byLeader: (partitions) => untilLed((over) => groupByLeader(keeper, over, partitions)),
    ask: (nodeId, request) =>
      once(async (over) => request(await (await keeper.ready(over)).findBroker({ nodeId }))),
    askAll: (request) => untilLed(async (over) => request(await keeper.ready(over))),
    askCoordinator: (groupId, request) =>
      untilSettled(COORDINATOR_UNSETTLED, () =>
        keeper.run(() => askCoordinatorOnce(keeper, groupId, request)),
      ),
    refresh: () => {
      keeper.current().isStale = true;
    },
    close: () => keeper.close(),
  };
}

/** Asks again while the brokers give one of these answers. */
function untilSettled<T>(unsettled: ReadonlySet<string>, ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + SETTLE_MS;
  return retry(ask, {
    backOff: BACK_OFF,
    shouldRetry: (error) => unsettled.has(kafkaErrorType(error) ?? '') && performance.now() <= until,
  });
}

async function askCoordinatorOnce<T>(
  keeper: ConnectionKeeper,
  groupId: string,
  request: (broker: Broker) => Promise<T>,
): Promise<T> {
  const over = keeper.current();
  const known = over.coordinators.get(groupId);
  let broker = known?.isConnected() === true ? known : undefined;
  try {
    if (broker === undefined) {
      broker = await findCoordinator(await keeper.ready(over), groupId);
      over.coordinators.set(groupId, broker);
    }
    return await request(broker);
  } catch (error) {
    if (!GROUP_ANSWERS.has(kafkaErrorType(error) ?? '')) {
      over.coordinators.delete(groupId);
      keeper.noteFailure(error, over);
    }
    throw error;
  }
}

/** Finds a group's coordinator. kafkajs hides why no broker names one, so a refusal is asked for by another request. */
async function findCoordinator(cluster: Cluster, groupId: string): Promise<Broker> {
  try {
    return await cluster.findGroupCoordinator({ groupId });
  } catch (error) {
    const broker = await cluster.findControllerBroker().catch(() => undefined);
    const reason: unknown = await broker
      ?.describeGroups({ groupIds: [groupId] })
      .catch((told: unknown) => told);
    throw kafkaErrorType(reason) === 'GROUP_AUTHORIZATION_FAILED' ? reason : error;
  }
}
