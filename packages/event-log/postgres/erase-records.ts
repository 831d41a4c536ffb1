import { z } from 'zod';
import { ERASED_HEADER } from '../events/erased.ts';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';

/** Offsets per statement: appends and readers don't wait long. */
const OFFSETS_AT_ONCE = 2000n;

/** A stretch of a topic: parameters 1 to 4. */
const IN_RANGE = 'topic = $1 and partition = $2 and "offset" >= $3 and "offset" < $4';
/** The records of a stretch that are to be erased: parameters 5 to 7 as {@link parametersOf} gives them. */
const WANTED = `${IN_RANGE} and (key = $5 or ${holdsOneOf('$6')}) and not ${holdsOneOf('$7')}`;

export interface RecordsToErase {
  /** Erases all records with this key. */
  readonly key: string | null;
  /** Erases records that hold one of these, as they are written in JSON. */
  readonly markers: readonly string[];
  /** Leaves records that hold one of these. */
  readonly spared: readonly string[];
}

/**
 * Takes the content out of records. Their places stay, so that readers keep theirs; a stage drops them. Gives how many.
 *
 * @param only - `count` changes nothing
 */
export async function eraseRecords(
  database: LogDatabase,
  topic: string,
  what: RecordsToErase,
  only?: 'count',
): Promise<number> {
  const found = `${WANTED} and not headers ? '${ERASED_HEADER}'`;
  const statement =
    only === 'count'
      ? `select 1 as one from log_record where ${found}`
      : `update log_record set key = 'erased', value = '', headers = '{"${ERASED_HEADER}": "1"}' where ${found}
         returning 1 as one`;
  let erased = 0;
  for await (const range of rangesOf(database, topic)) {
    erased += await execute(database, statement, [topic, ...range, ...parametersOf(what)]);
  }
  return erased;
}

function parametersOf({ key, markers, spared }: RecordsToErase) {
  return [key === null ? null : Buffer.from(key), markers, spared];
}

const HashRow = z.object({ sha256: z.string() });

/** The stored media of posts that {@link eraseRecords} would erase. */
export async function listMediaOfRecords(
  database: LogDatabase,
  topic: string,
  what: RecordsToErase,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const range of rangesOf(database, topic)) {
    const rows = await queryRows(
      database,
      HashRow,
      `select distinct (regexp_matches(convert_from(value, 'UTF8'), '"uri":"blob:([0-9a-f]{64})"', 'g'))[1] as sha256
       from log_record where ${WANTED}`,
      [topic, ...range, ...parametersOf(what)],
    );
    for (const { sha256 } of rows) found.add(sha256);
  }
  return found;
}

const ValueRow = z.object({ value: z.instanceof(Buffer) });

/** The value of some record of a topic that holds a word; null if none does. */
export async function findRecordHolding(
  database: LogDatabase,
  topic: string,
  word: string,
): Promise<Uint8Array | null> {
  for await (const range of rangesOf(database, topic)) {
    const [row] = await queryRows(
      database,
      ValueRow,
      `select value from log_record
       where ${IN_RANGE}
         and position(convert_to($5, 'UTF8') in value) > 0 limit 1`,
      [topic, ...range, word],
    );
    if (row !== undefined) return row.value;
  }
  return null;
}

/** Those of the words that some record of a topic holds. */
export async function listHeldWords(
  database: LogDatabase,
  topic: string,
  words: readonly string[],
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  if (words.length === 0) return held;
  for await (const range of rangesOf(database, topic)) {
    const rows = await queryRows(
      database,
      HashRow,
      `select distinct word as sha256 from log_record, unnest($5::text[]) as word
       where ${IN_RANGE}
         and position(convert_to(word, 'UTF8') in value) > 0`,
      [topic, ...range, words.filter((word) => !held.has(word))],
    );
    for (const { sha256 } of rows) held.add(sha256);
  }
  return held;
}

/**
 * Whether a record holds one of the words. A dead letter holds the failed record in base64.
 *
 * @param words - a parameter, an array of texts
 */
function holdsOneOf(words: string): string {
  return `exists (
    select from unnest(${words}::text[]) as word
    where position(convert_to(word, 'UTF8') in value) > 0 or (topic = 'dead-letters' and position(convert_to(word, 'UTF8') in
      decode(coalesce(substring(convert_from(value, 'UTF8') from '"base64":"([^"]*)"'), ''), 'base64')) > 0)
  )`;
}

const HeadRow = z.object({ partition: z.int(), start: BigintColumn, end: BigintColumn });

/** Partition, first offset and end of each stretch of a topic. */
async function* rangesOf(
  database: LogDatabase,
  topic: string,
): AsyncGenerator<readonly [number, string, string]> {
  const heads = await queryRows(
    database,
    HeadRow,
    `select partition, start_offset::text as start, next_offset::text as "end" from log_head where topic = $1
     order by partition`,
    [topic],
  );
  for (const { partition, start, end } of heads) {
    for (let at = start; at < end; at += OFFSETS_AT_ONCE) {
      const next = at + OFFSETS_AT_ONCE;
      yield [partition, String(at), String(next < end ? next : end)];
    }
  }
}
