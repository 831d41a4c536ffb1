import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';
import { type Offsets } from '../port/event-log.ts';
import {
  type Head,
  type LogReader,
  partitionName,
  type ReadLimits,
  type ReadStretch,
  type Stretch,
} from '../adapter/log-source.ts';
import { BigintColumn, type LogDatabase, queryRows } from './database.ts';

const RecordRow = z.object({
  offset: BigintColumn,
  key: z.instanceof(Buffer),
  value: z.instanceof(Buffer),
  headers: z.record(z.string(), z.string()),
  appended_at_ms: z.number(),
});

// `sized."offset"` is the number. A bare "offset" would order by the selected text. Sizes are added up before values
// are fetched: octet_length reads the size from the row, without the value.
const READ = `
  select "offset"::text as "offset", key, value, headers,
    (extract(epoch from appended_at) * 1000)::float8 as appended_at_ms
  from (
    select *, sum(octet_length(value)) over (order by "offset" rows unbounded preceding) - octet_length(value) as before
    from (
      select * from log_record
      where topic = $1 and partition = $2 and "offset" >= $3 and "offset" < $4
      order by "offset" limit $5
    ) page
  ) sized
  where before < $6 order by sized."offset"`;

/** Reads the first records of a stretch. Offsets have no gaps in Postgres: a missing one was trimmed. */
async function readRecords(
  database: LogDatabase,
  stretch: Stretch,
  limits: ReadLimits,
): Promise<ReadStretch> {
  const { topic, partition, from, to } = stretch;
  const rows = await queryRows(database, RecordRow, READ, [
    topic,
    partition,
    String(from),
    String(to),
    limits.records,
    limits.bytes,
  ]);
  if (rows[0]?.offset !== from) {
    throw new EventLogError('offset-trimmed', `${partitionName(stretch)}: offset ${from} is no longer kept`);
  }
  const records = rows.map((row) => ({
    topic,
    partition,
    offset: row.offset,
    key: row.key.toString(),
    value: row.value,
    headers: row.headers,
    appendedAt: new Date(row.appended_at_ms),
  }));
  return { records, next: from + BigInt(records.length) };
}

const HeadRow = z.object({ topic: z.string(), partition: z.int(), start: BigintColumn, end: BigintColumn });
const PlaceRow = z.object({ partition: z.int(), offset: BigintColumn });

async function readHeads(database: LogDatabase, topics: readonly string[]): Promise<Head[]> {
  return queryRows(
    database,
    HeadRow,
    `select topic, partition, start_offset::text as start, next_offset::text as "end"
     from log_head where topic = any ($1) order by topic, partition`,
    [topics],
  );
}

/** Per partition the first offset at this instant or later. */
export async function readOffsetsAt(database: LogDatabase, topic: string, instant: Date): Promise<Offsets> {
  const rows = await queryRows(
    database,
    PlaceRow,
    'select partition, log_offset_at(topic, partition, $2)::text as "offset" from log_head where topic = $1',
    [topic, instant],
  );
  return new Map(rows.map((row) => [row.partition, row.offset]));
}

export async function readCommitted(database: LogDatabase, group: string, topic: string): Promise<Offsets> {
  const rows = await queryRows(
    database,
    PlaceRow,
    `select partition, "offset"::text as "offset" from consumer_offset
     where "group" = $1 and topic = $2 and committed_at is not null order by partition`,
    [group, topic],
  );
  return new Map(rows.map((row) => [row.partition, row.offset]));
}

export function createLogReader(database: LogDatabase): LogReader {
  return {
    heads: (topics) => readHeads(database, topics),
    offsetsAt: (topic, instant) => readOffsetsAt(database, topic, instant),
    read: (stretch, limits) => readRecords(database, stretch, limits),
  };
}
