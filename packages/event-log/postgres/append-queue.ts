import { z } from 'zod';
import { recordBytes, refusal } from '../check-record.ts';
import { EventLogError } from '../errors.ts';
import { type OutgoingRecord } from '../event-log.ts';
import { partitionOf } from '../partitioner.ts';
import { BigintColumn, type LogDatabase, queryRows } from './database.ts';
import { type TopicDirectory } from './topics.ts';

/** One append at most: large enough that a row lock and a commit are paid once for many records. */
const APPEND_RECORDS = 1000;
const APPEND_BYTES = 4_000_000;

const AppendedRow = z.object({ appended: BigintColumn });

interface Publish {
  readonly records: readonly OutgoingRecord[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends what is published, one append at a time: publishes that overlap keep the order of their calls, and those that wait
 * share the next append's commit.
 */
export function createAppendQueue(database: LogDatabase, topics: TopicDirectory) {
  const waiting: Publish[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    for (let publishes = takeShare(waiting); publishes.length > 0; publishes = takeShare(waiting)) {
      try {
        for (const records of split(publishes.flatMap((publish) => publish.records))) {
          await append(database, topics, records);
        }
        publishes.forEach((publish) => publish.resolve());
      } catch (error) {
        publishes.forEach((publish) => publish.reject(error));
      }
    }
    draining = undefined;
  }

  return {
    async publish(records: readonly OutgoingRecord[]): Promise<void> {
      // Checked one by one, since a publish must not fail for the sake of another that shares its append.
      for (const record of records) {
        const error = refusal(record);
        if (error !== undefined) throw error;
        await topics.partitions(record.topic);
      }
      if (records.length === 0) return;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ records, resolve, reject });
        draining ??= drain();
      });
    },
    /** Resolves when nothing waits any more. */
    async idle(): Promise<void> {
      await draining;
    },
  };
}

/** The publishes that go together: at least one, and no more than fill an append. */
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

function* split(records: readonly OutgoingRecord[]): Generator<OutgoingRecord[]> {
  let part: OutgoingRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = recordBytes(record);
    if (part.length === APPEND_RECORDS || (part.length > 0 && bytes + size > APPEND_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

async function append(
  database: LogDatabase,
  topics: TopicDirectory,
  records: readonly OutgoingRecord[],
): Promise<void> {
  const partitions: number[] = [];
  for (const { topic, key } of records) partitions.push(partitionOf(key, await topics.partitions(topic)));
  const [row] = await queryRows(
    database,
    AppendedRow,
    'select log_append($1, $2, $3, $4, $5)::text as appended',
    [
      records.map((record) => record.topic),
      partitions,
      records.map((record) => Buffer.from(record.key)),
      records.map((record) => Buffer.from(record.value)),
      records.map((record) => JSON.stringify(wellFormed(record.headers))),
    ],
  );
  if (Number(row?.appended) !== records.length) {
    throw new EventLogError(
      'log-refused',
      `appended ${row?.appended ?? 'nothing'} of ${records.length} records`,
    );
  }
}

/** UTF-8 has no lone surrogates: they become U+FFFD, as they do in any client that encodes headers as bytes. */
function wellFormed(headers: OutgoingRecord['headers']): Record<string, string> {
  const repair = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [repair(name), repair(value)]));
}
