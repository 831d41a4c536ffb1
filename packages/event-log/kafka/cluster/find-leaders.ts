import { type Cluster } from 'kafkajs';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { EventLogError } from '../../port/errors.ts';
import { type ConnectionKeeper, type Connections } from './connections.ts';
import { kafkaErrorType } from './kafka-errors.ts';

/** The partitions of a topic. @throws EventLogError `unknown-topic` */
export async function findPartitions(
  keeper: ConnectionKeeper,
  over: Connections,
  topic: string,
): Promise<number[]> {
  if (!over.topics.has(topic)) await addTopic(await keeper.ready(over), topic);
  over.topics.add(topic);
  const cluster = await keeper.ready(over);
  return cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
}

async function addTopic(cluster: Cluster, topic: string): Promise<void> {
  try {
    await cluster.addTargetTopic(topic);
  } catch (error) {
    if (kafkaErrorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    throw new EventLogError('unknown-topic', `topic ${topic} has not been created`, error);
  }
}

/** The partitions by the broker that leads them. @throws EventLogError where one has no leader */
export async function groupByLeader<T extends TopicPartition>(
  keeper: ConnectionKeeper,
  over: Connections,
  partitions: readonly T[],
): Promise<Map<string, T[]>> {
  const leaders = new Map<string, T[]>();
  for (const topic of new Set(partitions.map((one) => one.topic))) await findPartitions(keeper, over, topic);
  const cluster = await keeper.ready(over);
  for (const one of partitions) {
    const [leader] = Object.keys(cluster.findLeaderForPartitions(one.topic, [one.partition]));
    if (leader === undefined || leader === '-1') {
      throw new EventLogError('log-unavailable', `${one.topic}/${one.partition} has no leader now`);
    }
    leaders.set(leader, [...(leaders.get(leader) ?? []), one]);
  }
  return leaders;
}
