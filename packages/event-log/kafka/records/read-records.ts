import { EventLogError } from '../../port/errors.ts';
import { type Offsets } from '../../port/event-log.ts';
import {
  type Head,
  type LogReader,
  partitionName,
  type ReadLimits,
  type ReadStretch,
  type Stretch,
  type TopicPartition,
} from '../../adapter/log-source.ts';
import { fetchRecords } from './fetch-records.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { type Lineage } from './lineage.ts';
import { createRecordBuffer, type RecordBuffer } from './record-buffer.ts';

/** The most bytes of one direct read: about a batch, and a little ahead. */
const READ_BYTES = 2_000_000;
const READ_WAIT_MS = 250;

type Place = { readonly fromBeginning: boolean } | { readonly fromTimestamp: number };

/** Offsets per partition as the brokers tell them; -1 where no record is as late as the instant. */
async function listOffsets(
  cluster: KafkaCluster,
  topics: readonly string[],
  place: Place,
): Promise<(TopicPartition & { readonly offset: bigint })[]> {
  const wanted = await Promise.all(
    topics.map(async (topic) => {
      const count = await cluster.partitions(topic);
      return { topic, partitions: Array.from({ length: count }, (_, partition) => ({ partition })) };
    }),
  );
  const answers = await cluster.askAll((kafka) =>
    // kafkajs' type takes one of the two places, not their union.
    'fromTimestamp' in place
      ? kafka.fetchTopicsOffset(wanted.map((one) => ({ ...one, fromTimestamp: place.fromTimestamp })))
      : kafka.fetchTopicsOffset(wanted.map((one) => ({ ...one, fromBeginning: place.fromBeginning }))),
  );
  return answers.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset }) => ({ topic, partition, offset: BigInt(offset) })),
  );
}

async function readHeads(cluster: KafkaCluster, topics: readonly string[]): Promise<Head[]> {
  const starts = await listOffsets(cluster, topics, { fromBeginning: true });
  const ends = await listOffsets(cluster, topics, { fromBeginning: false });
  const startOf = new Map(starts.map((one) => [partitionName(one), one.offset]));
  return ends
    .map(({ topic, partition, offset: end }) => {
      const start = startOf.get(partitionName({ topic, partition })) ?? 0n;
      return { topic, partition, start, end };
    })
    .sort((a, b) => a.partition - b.partition);
}

async function readOffsetsAt(cluster: KafkaCluster, topic: string, instant: Date): Promise<Offsets> {
  const found = await listOffsets(cluster, [topic], { fromTimestamp: instant.getTime() });
  const ends = await listOffsets(cluster, [topic], { fromBeginning: false });
  const endOf = new Map(ends.map(({ partition, offset }) => [partition, offset]));
  return new Map(
    found.map(({ partition, offset }) => [partition, offset < 0n ? (endOf.get(partition) ?? 0n) : offset]),
  );
}

/** Reads the first records of a stretch: from the buffer, or else from the partition's leader. */
async function readRecords(
  cluster: KafkaCluster,
  buffer: RecordBuffer,
  lineage: Lineage | undefined,
  stretch: Stretch,
  limits: ReadLimits,
): Promise<ReadStretch> {
  const held = buffer.take(stretch, limits);
  if (held !== undefined) return held;
  for (const [nodeId, wants] of await cluster.byLeader([stretch])) {
    const answers = await fetchRecords(cluster, nodeId, wants, {
      maxWaitMs: READ_WAIT_MS,
      partitionBytes: READ_BYTES,
    });
    for (const answer of answers) {
      if (stretch.from < answer.start) {
        throw new EventLogError(
          'offset-trimmed',
          `${partitionName(stretch)}: offset ${stretch.from} is no longer kept`,
        );
      }
      // The feed finds the same, and tells the subscription.
      if (lineage !== undefined && (await lineage.cutAt(nodeId, answer)) !== null) continue;
      buffer.put(answer);
    }
  }
  return buffer.take(stretch, limits) ?? { records: [], next: stretch.from };
}

/**
 * Reads by fetching from the partitions' leaders, outside every group. A group for each replay would have to
 * settle first, would stay behind in the cluster, and would need the right to create groups.
 */
export function createLogReader(
  cluster: KafkaCluster,
  buffer = createRecordBuffer(),
  lineage?: Lineage,
): LogReader {
  return {
    heads: (topics) => readHeads(cluster, topics),
    offsetsAt: (topic, instant) => readOffsetsAt(cluster, topic, instant),
    read: (stretch, limits) => readRecords(cluster, buffer, lineage, stretch, limits),
  };
}
