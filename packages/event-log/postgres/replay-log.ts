import { EventLogError } from '../errors.ts';
import { type LogRecord, type ReplayOptions } from '../event-log.ts';
import { type LogDatabase } from './database.ts';
import { type Head, readHeads, readOffsetsAt, readRecords } from './read-records.ts';

/** Reads a bounded stretch partition by partition; its ends are taken before the first record is read. */
export async function* replayLog(
  database: LogDatabase,
  options: ReplayOptions,
  maxBatchBytes: number,
): AsyncGenerator<readonly LogRecord[]> {
  const { topic, signal } = options;
  const limits = { records: options.maxBatchRecords ?? 500, bytes: maxBatchBytes };
  const heads = await readHeads(database, [topic]);
  if (heads.length === 0) throw new EventLogError('unknown-topic', `topic ${topic} has not been created`);
  const from =
    options.from instanceof Date ? await readOffsetsAt(database, topic, options.from) : options.from;

  for (const head of heads) {
    let at = from?.get(head.partition) ?? head.start;
    const to = smaller(options.to?.get(head.partition) ?? head.end, head.end);
    while (at < to) {
      signal?.throwIfAborted();
      const records = await readRecords(database, { topic, partition: head.partition, from: at, to }, limits);
      const first = records[0];
      if (first?.offset !== at) throw trimmed(head, at);
      yield records;
      at += BigInt(records.length);
    }
  }
}

function trimmed({ topic, partition }: Head, offset: bigint): EventLogError {
  return new EventLogError(
    'offset-trimmed',
    `${topic}/${partition} can't be replayed from offset ${offset}: it is no longer kept`,
  );
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
