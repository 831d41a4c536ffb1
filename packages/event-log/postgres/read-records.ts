import { z } from 'zod';
import { type LogRecord, type Offsets } from '../event-log.ts';
import { BigintColumn, type LogDatabase, queryRows } from './database.ts';

export interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  /** Exclusive. */
  readonly to: bigint;
}

export interface ReadLimits {
  readonly records: number;
  /** Bytes of values; the first record comes whatever its size. */
  readonly bytes: number;
}

const RecordRow = z.object({
  offset: BigintColumn,
  key: z.instanceof(Buffer),
  value: z.instanceof(Buffer),
  headers: z.record(z.string(), z.string()),
  appended_at_ms: z.number(),
});

// `sized."offset"` is the number; a bare "offset" would order by the text that is selected.
// Sizes are added up before any value is fetched: octet_length reads it from the row, not from the stored value.
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

/** The first records of a stretch, in offset order; none where nothing has been appended there or all has been trimmed. */
export async function readRecords(
  database: LogDatabase,
  { topic, partition, from, to }: Stretch,
  limits: ReadLimits,
): Promise<LogRecord[]> {
  const rows = await queryRows(database, RecordRow, READ, [
    topic,
    partition,
    String(from),
    String(to),
    limits.records,
    limits.bytes,
  ]);
  return rows.map((row) => ({
    topic,
    partition,
    offset: row.offset,
    key: row.key.toString(),
    value: row.value,
    headers: row.headers,
    appendedAt: new Date(row.appended_at_ms),
  }));
}

const HeadRow = z.object({ topic: z.string(), partition: z.int(), start: BigintColumn, end: BigintColumn });
const PlaceRow = z.object({ partition: z.int(), offset: BigintColumn });

export interface Head {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is kept. */
  readonly start: bigint;
  /** The offset that the next record will get. */
  readonly end: bigint;
}

export async function readHeads(database: LogDatabase, topics: readonly string[]): Promise<Head[]> {
  return queryRows(
    database,
    HeadRow,
    `select topic, partition, start_offset::text as start, next_offset::text as "end"
     from log_head where topic = any ($1) order by topic, partition`,
    [topics],
  );
}

/** Per partition the first offset at or after an instant. */
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
