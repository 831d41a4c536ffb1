import { type Message } from 'kafkajs';
import { type BackOff, backOffMs, pauseFor } from '../back-off.ts';
import { type Placed } from '../append-queue.ts';
import { recordBytes } from '../check-record.ts';
import { EventLogError } from '../errors.ts';
import { partitionName, type TopicPartition } from '../subscription/log-source.ts';
import { type KafkaCluster } from './kafka-cluster.ts';

export interface AppendSettings {
  /** How long an append is tried again while the brokers can't take it: a restart or the election of a leader fits in. */
  readonly appendWithinMs: number;
  /** How long the brokers may take to copy what they are given to their replicas. */
  readonly replicateMs: number;
}

/** A broker takes batches of 1 MiB; this leaves room for what it adds to each record. */
const BATCH_BYTES = 950_000;
/** All replicas that are in sync have it. */
const ACKS_ALL = -1;
const BACK_OFF: BackOff = { firstMs: 100, longestMs: 2000 };

/** Records of one partition that go together. */
interface Part extends TopicPartition {
  readonly records: readonly Placed[];
}

/**
 * Appends in order within each partition. What a broker has acknowledged is not sent again; where its answer is lost, it is: then
 * records are in the log twice, and never out of their order.
 */
export async function appendRecords(
  cluster: KafkaCluster,
  settings: AppendSettings,
  placed: readonly Placed[],
): Promise<void> {
  const until = performance.now() + settings.appendWithinMs;
  for (const round of rounds(placed)) {
    let open: readonly Part[] = round;
    for (let failures = 0; open.length > 0;) {
      const { left, error } = await produce(cluster, settings, open);
      open = left;
      if (error === undefined) continue;
      failures += 1;
      if (!error.canRetry || performance.now() > until) throw error;
      await pauseFor(backOffMs(BACK_OFF, failures));
    }
  }
}

/** Sends each leader its parts; says which were not acknowledged, and why. */
async function produce(
  cluster: KafkaCluster,
  { replicateMs }: AppendSettings,
  parts: readonly Part[],
): Promise<{ left: readonly Part[]; error?: EventLogError }> {
  let leaders: Map<string, Part[]>;
  try {
    leaders = await cluster.byLeader(parts);
  } catch (error) {
    return { left: parts, error: eventLogErrorOf(error) };
  }
  const left: Part[] = [];
  let first: EventLogError | undefined;
  await Promise.all(
    [...leaders].map(async ([nodeId, ofLeader]) => {
      try {
        await cluster.ask(nodeId, (broker) =>
          broker.produce({ acks: ACKS_ALL, timeout: replicateMs, topicData: topicData(ofLeader) }),
        );
      } catch (error) {
        left.push(...ofLeader);
        first ??= eventLogErrorOf(error);
      }
    }),
  );
  return first === undefined ? { left } : { left, error: first };
}

/** The cluster throws nothing else; what does is a mistake, and no reason to try again. */
function eventLogErrorOf(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  throw error;
}

/** A broker takes one batch a partition at a time: the first of every partition, then the second … */
function rounds(placed: readonly Placed[]): Part[][] {
  const batches = new Map<string, { where: TopicPartition; batches: Placed[][]; bytes: number }>();
  for (const one of placed) {
    const where = { topic: one.record.topic, partition: one.partition };
    const name = partitionName(where);
    const of = batches.get(name) ?? { where, batches: [], bytes: 0 };
    batches.set(name, of);
    const bytes = recordBytes(one.record);
    const last = of.batches.at(-1);
    if (last === undefined || of.bytes + bytes > BATCH_BYTES) {
      of.batches.push([one]);
      of.bytes = bytes;
    } else {
      last.push(one);
      of.bytes += bytes;
    }
  }
  const most = Math.max(0, ...[...batches.values()].map((of) => of.batches.length));
  return Array.from({ length: most }, (_, round) =>
    [...batches.values()].flatMap(({ where, batches: ofPartition }) => {
      const records = ofPartition[round];
      return records === undefined ? [] : [{ ...where, records }];
    }),
  );
}

function topicData(parts: readonly Part[]): {
  topic: string;
  partitions: { partition: number; messages: Message[] }[];
}[] {
  const topics = [...new Set(parts.map(({ topic }) => topic))];
  return topics.map((topic) => ({
    topic,
    partitions: parts
      .filter((part) => part.topic === topic)
      .map(({ partition, records }) => ({
        partition,
        messages: records.map(({ record }) => ({
          key: record.key,
          value: Buffer.from(record.value.buffer, record.value.byteOffset, record.value.byteLength),
          headers: { ...record.headers },
        })),
      })),
  }));
}
