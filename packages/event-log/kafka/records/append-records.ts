import { type Placed } from '../../adapter/append-queue.ts';
import { type BackOff, backOffMs, pause } from '@leakwatch/runtime/waiting';
import { EventLogError } from '../../port/errors.ts';
import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';
import { type BatchNumbering, NUMBERING_ERRORS, startNumbering } from './batch-numbering.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { kafkaErrorType } from '../cluster/kafka-errors.ts';
import { produceRequest } from '../wire/produce.ts';
import { sendRequest } from '../wire/send-request.ts';

export interface AppendSettings {
  /**
   * How long an append is retried while the brokers can not take it. A restart, or the election of a leader,
   * fits in.
   */
  readonly appendWithinMs: number;
  /** How long the brokers may take to replicate the records. */
  readonly replicateMs: number;
}

/** A broker takes batches of 1 MiB. This leaves room for the framing of each record. */
const BATCH_BYTES = 950_000;
/** Waits for all replicas that are in sync. */
const ACKS_ALL = -1;
const BACK_OFF: BackOff = { firstMs: 100, longestMs: 2000 };

/** A batch for one partition. */
interface Part extends TopicPartition {
  readonly records: readonly Placed[];
}

/**
 * Appends in order within each partition, one call at a time. A batch sent again after a lost answer is in the
 * log once. Only a record that the caller publishes again, after an error, can be there twice.
 */
export function createRecordAppender(cluster: KafkaCluster, settings: AppendSettings) {
  let numbering: BatchNumbering | undefined;

  /** Sends each leader its parts. Returns those that were not acknowledged, and the reason. */
  async function produce(parts: readonly Part[]): Promise<{ left: readonly Part[]; error?: EventLogError }> {
    const left: Part[] = [];
    let error: EventLogError | undefined;
    const failed = (cause: unknown, unsent: readonly Part[]) => {
      // The cluster throws EventLogErrors only. Any other error is a mistake in the program: do not retry it.
      if (!(cause instanceof EventLogError)) throw cause;
      if (NUMBERING_ERRORS.has(kafkaErrorType(cause) ?? '')) numbering = undefined;
      error ??= cause;
      left.push(...unsent);
    };
    try {
      const leaders = await cluster.byLeader(parts);
      const [anyBroker] = leaders.keys();
      if (anyBroker === undefined) return { left };
      const current = (numbering ??= await cluster.ask(anyBroker, startNumbering));
      await Promise.all(
        [...leaders].map(([nodeId, ofLeader]) =>
          sendTo(nodeId, current, ofLeader).catch((cause: unknown) => failed(cause, ofLeader)),
        ),
      );
    } catch (cause) {
      failed(cause, parts);
    }
    return error === undefined ? { left } : { left, error };
  }

  async function sendTo(nodeId: string, current: BatchNumbering, parts: readonly Part[]): Promise<void> {
    const batches = parts.map(({ topic, partition, records }) => ({
      ...{ topic, partition },
      records: records.map(({ record }) => record),
      bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
      firstSequence: current.first({ topic, partition }),
    }));
    const { producerId, producerEpoch } = current;
    const timeoutMs = settings.replicateMs;
    const request = produceRequest(batches, { producerId, producerEpoch, acks: ACKS_ALL, timeoutMs });
    await cluster.ask(nodeId, (broker) => sendRequest(broker, request));
    for (const part of parts) current.advance(part, part.records.length);
  }

  return async function appendRecords(placed: readonly Placed[]): Promise<void> {
    const until = performance.now() + settings.appendWithinMs;
    for (const round of rounds(placed)) {
      let open: readonly Part[] = round;
      for (let failures = 0; open.length > 0;) {
        const { left, error } = await produce(open);
        open = left;
        if (error === undefined) continue;
        failures += 1;
        if (!error.canRetry || performance.now() > until) {
          // The last batch may or may not be in the log: its number must not be given to another.
          numbering = undefined;
          throw error;
        }
        await pause(backOffMs(BACK_OFF, failures));
      }
    }
  };
}

/**
 * Splits records into rounds, since a broker takes one batch a partition at a time: the first batch of every
 * partition, then the second …
 */
function rounds(placed: readonly Placed[]): Part[][] {
  const rest = new Map<string, { where: TopicPartition; batches: Placed[][]; bytes: number }>();
  for (const one of placed) {
    const where = { topic: one.record.topic, partition: one.partition };
    const ofPartition = rest.get(partitionName(where)) ?? { where, batches: [], bytes: 0 };
    rest.set(partitionName(where), ofPartition);
    const last = ofPartition.batches.at(-1);
    if (last === undefined || ofPartition.bytes + one.bytes > BATCH_BYTES) {
      ofPartition.batches.push([one]);
      ofPartition.bytes = one.bytes;
    } else {
      last.push(one);
      ofPartition.bytes += one.bytes;
    }
  }
  const most = Math.max(0, ...[...rest.values()].map(({ batches }) => batches.length));
  return Array.from({ length: most }, (_, round) =>
    [...rest.values()].flatMap(({ where, batches }) => {
      const records = batches[round];
      return records === undefined ? [] : [{ ...where, records }];
    }),
  );
}
