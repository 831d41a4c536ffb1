import { EventLogError } from '../port/errors.ts';
import { type LogRecord, type ReplayOptions } from '../port/event-log.ts';
import { type LogReader, partitionName } from './log-source.ts';

/** Reads a bounded part of a topic, partition by partition. The ends are taken before the first record is read. */
export async function* replayLog(
  reader: LogReader,
  options: ReplayOptions,
  maxBatchBytes: number,
): AsyncGenerator<readonly LogRecord[]> {
  const { topic, signal } = options;
  const limits = { records: options.maxBatchRecords ?? 500, bytes: maxBatchBytes };
  const heads = await reader.heads([topic]);
  if (heads.length === 0) throw new EventLogError('unknown-topic', `topic ${topic} has not been created`);
  const from = options.from instanceof Date ? await reader.offsetsAt(topic, options.from) : options.from;

  for (const head of heads) {
    let at = from?.get(head.partition) ?? head.start;
    if (at > head.end) {
      const where = partitionName(head);
      throw new EventLogError(
        'offset-trimmed',
        `${where} ends at ${head.end}, before offset ${at}: its records were lost`,
      );
    }
    const to = smaller(options.to?.get(head.partition) ?? head.end, head.end);
    while (at < to) {
      signal?.throwIfAborted();
      const { records, next } = await reader.read({ topic, partition: head.partition, from: at, to }, limits);
      if (records.length > 0) yield records;
      at = next;
    }
  }
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
