import { type LogRecord } from '../../port/event-log.ts';
import {
  partitionName,
  type ReadLimits,
  type ReadStretch,
  type Stretch,
  type TopicPartition,
} from '../../adapter/log-source.ts';
import { type Fetched } from './fetch-records.ts';

/** Consecutive records of one partition, from `from` to `next`. */
interface Run {
  from: bigint;
  next: bigint;
  bytes: number;
  records: LogRecord[];
}

/** Keeps records that were fetched and not yet read: a broker gives more at a time than a batch takes. */
export function createRecordBuffer() {
  const runs = new Map<string, Run>();

  /** The run that covers an offset, or ends right before it. */
  function runAt(partition: TopicPartition, offset: bigint): Run | undefined {
    const run = runs.get(partitionName(partition));
    return run !== undefined && run.from <= offset && offset <= run.next ? run : undefined;
  }

  return {
    put(fetched: Fetched): void {
      const run = runAt(fetched, fetched.from);
      if (run?.next === fetched.from) {
        run.records.push(...fetched.records);
        run.next = fetched.next;
        run.bytes += fetched.bytes;
      } else {
        const { from, next, bytes, records } = fetched;
        runs.set(partitionName(fetched), { from, next, bytes, records: [...records] });
      }
    },

    /** Returns the buffered part of a stretch; undefined where there is none. Drops everything before the stretch. */
    take(stretch: Stretch, limits: ReadLimits): ReadStretch | undefined {
      const run = runAt(stretch, stretch.from);
      if (run === undefined || run.next === stretch.from) return undefined;
      dropBefore(run, stretch.from);
      const records: LogRecord[] = [];
      let bytes = 0;
      for (const record of run.records) {
        bytes += record.value.byteLength;
        const full = records.length === limits.records || (records.length > 0 && bytes > limits.bytes);
        if (full || record.offset >= stretch.to) return { records, next: smaller(record.offset, stretch.to) };
        records.push(record);
      }
      return { records, next: smaller(run.next, stretch.to) };
    },

    /** Where to fetch next for a reader at `position`. */
    next(partition: TopicPartition, position: bigint): bigint {
      return runAt(partition, position)?.next ?? position;
    },

    /** The buffered bytes of a partition. */
    bytes(partition: TopicPartition): number {
      return runs.get(partitionName(partition))?.bytes ?? 0;
    },

    /** Drops all records of a partition. */
    drop(partition: TopicPartition): void {
      runs.delete(partitionName(partition));
    },

    /** Drops all records of a topic. */
    forget(topic: string): void {
      for (const name of [...runs.keys()]) if (name.startsWith(`${topic}/`)) runs.delete(name);
    },

    /** Drops all other partitions. */
    keepOnly(partitions: readonly TopicPartition[]): void {
      const kept = new Set(partitions.map(partitionName));
      for (const name of [...runs.keys()]) if (!kept.has(name)) runs.delete(name);
    },
  };
}

function dropBefore(run: Run, offset: bigint): void {
  const found = run.records.findIndex((record) => record.offset >= offset);
  const gone = run.records.splice(0, found === -1 ? run.records.length : found);
  for (const record of gone) run.bytes -= record.value.byteLength;
  run.from = offset;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export type RecordBuffer = ReturnType<typeof createRecordBuffer>;
