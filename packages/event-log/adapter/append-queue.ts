import { recordBytes, refusal } from '../port/check-record.ts';
import { type OutgoingRecord } from '../port/event-log.ts';
import { partitionOf } from '../port/partitioner.ts';

/** The most records and bytes of one append. Large enough to spread the fixed cost of an append over many records. */
const APPEND_RECORDS = 1000;
const APPEND_BYTES = 4_000_000;

/** A record with its size as the limits count it. */
interface Sized {
  readonly record: OutgoingRecord;
  readonly bytes: number;
}

interface Publish {
  readonly records: readonly Sized[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A record with the partition that it goes to. */
export interface Placed extends Sized {
  readonly partition: number;
}

/** The part of a log that the queue needs. */
export interface Appender {
  /** Returns the number of a topic's partitions. @throws EventLogError `unknown-topic` */
  partitions(topic: string): Promise<number>;
  /** Resolves when all records are durable. Keeps their order within each partition. */
  append(records: readonly Placed[]): Promise<void>;
}

/**
 * Appends published records, one append at a time. Overlapping publishes keep the order of their calls, and
 * those that wait share the next append.
 */
export function createAppendQueue(appender: Appender) {
  const waiting: Publish[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    for (let share = takeShare(waiting); share.length > 0; share = takeShare(waiting)) {
      const placed: Placed[] = [];
      const sound: Publish[] = [];
      for (const publish of share) {
        try {
          placed.push(...(await place(appender, publish.records)));
          sound.push(publish);
        } catch (error) {
          // An unknown topic fails its own publish, and no other.
          publish.reject(error);
        }
      }
      try {
        for (const records of split(placed)) await appender.append(records);
        sound.forEach((publish) => publish.resolve());
      } catch (error) {
        sound.forEach((publish) => publish.reject(error));
      }
    }
    draining = undefined;
  }

  return {
    async publish(records: readonly OutgoingRecord[]): Promise<void> {
      const sized = records.map((record) => ({ record, bytes: recordBytes(record) }));
      for (const { record, bytes } of sized) {
        const error = refusal(record, bytes);
        if (error !== undefined) throw error;
      }
      if (sized.length === 0) return;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ records: sized, resolve, reject });
        draining ??= drain();
      });
    },
    /** Resolves when no publish waits any more. */
    async idle(): Promise<void> {
      await draining;
    },
  };
}

async function place(appender: Appender, records: readonly Sized[]): Promise<Placed[]> {
  const partitions = new Map<string, number>();
  const placed: Placed[] = [];
  for (const { record, bytes } of records) {
    const count = partitions.get(record.topic) ?? (await appender.partitions(record.topic));
    partitions.set(record.topic, count);
    placed.push({ record, bytes, partition: partitionOf(record.key, count) });
  }
  return placed;
}

/** Takes the publishes that share the next append: at least one, and no more records than an append holds. */
function takeShare(waiting: Publish[]): Publish[] {
  const share: Publish[] = [];
  let records = 0;
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    if (share.length > 0 && records + next.records.length > APPEND_RECORDS) break;
    records += next.records.length;
    share.push(next);
    waiting.shift();
  }
  return share;
}

function* split(records: readonly Placed[]): Generator<Placed[]> {
  let part: Placed[] = [];
  let bytes = 0;
  for (const placed of records) {
    if (part.length === APPEND_RECORDS || (part.length > 0 && bytes + placed.bytes > APPEND_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(placed);
    bytes += placed.bytes;
  }
  if (part.length > 0) yield part;
}
