import { z } from 'zod';
import { ERASED_HEADER } from '../events/erased.ts';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';

/** Offsets per statement: appends and readers don't wait long, and the values of sealed records fit in memory. */
const OFFSETS_AT_ONCE = 500n;

/** A stretch of a topic: parameters 1 to 4. */
const IN_RANGE = 'topic = $1 and partition = $2 and "offset" >= $3 and "offset" < $4';

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
  let erased = 0;
  for await (const range of rangesOf(database, topic)) {
    const found = await findWanted(database, [topic, ...range], what);
    const offsets = found.filter(({ isErased }) => !isErased).map(({ offset }) => offset);
    if (only === 'count' || offsets.length === 0) {
      erased += offsets.length;
      continue;
    }
    erased += await execute(
      database,
      `update log_record set key = 'erased', value = '', headers = '{"${ERASED_HEADER}": "1"}'
       where topic = $1 and partition = $2 and "offset" = any ($3::bigint[]) returning 1 as one`,
      [topic, range[0], offsets],
    );
  }
  return erased;
}

const FoundRow = z.object({
  offset: z.string(),
  key: z.instanceof(Buffer),
  isWanted: z.boolean(),
  isErased: z.boolean(),
  sealed: z.instanceof(Buffer).nullable(),
});

/** The records of a stretch to erase. The database does not see into those that are sealed: they are looked through here. */
async function findWanted(
  database: LogDatabase,
  range: readonly unknown[],
  { key, markers, spared }: RecordsToErase,
): Promise<z.infer<typeof FoundRow>[]> {
  const rows = await queryRows(
    database,
    FoundRow,
    `select "offset"::text as "offset", key, "isWanted", headers ? '${ERASED_HEADER}' as "isErased",
       case when "isSealed" then value end as sealed
     from (
       select *, ${IS_SEALED} as "isSealed",
         not ${IS_SEALED} and (key = $5 or ${holdsOneOf('$6')}) and not ${holdsOneOf('$7')} as "isWanted"
       from log_record where ${IN_RANGE}
     ) looked_at
     where "isWanted" or "isSealed"`,
    [...range, key === null ? null : Buffer.from(key), markers, spared],
  );
  const isDeadLetter = range[0] === 'dead-letters';
  return rows.filter(({ isWanted, sealed, key: own }) => {
    if (sealed === null) return isWanted;
    const holds = (words: readonly string[]) => holdsWord(sealed, words, isDeadLetter);
    return (own.toString() === key || holds(markers)) && !holds(spared);
  });
}

/** Tells whether a record's value is encrypted (packages/store/migrations/000035-encryption.sql). */
const IS_SEALED = 'has_envelope(value)';

const ValueRow = z.object({ value: z.instanceof(Buffer) });

/** The stored media of posts that {@link eraseRecords} would erase. */
export async function listMediaOfRecords(
  database: LogDatabase,
  topic: string,
  what: RecordsToErase,
): Promise<ReadonlySet<string>> {
  const media = new Set<string>();
  for await (const [partition, ...range] of rangesOf(database, topic)) {
    const found = await findWanted(database, [topic, partition, ...range], what);
    const rows = await queryRows(
      database,
      ValueRow,
      'select value from log_record where topic = $1 and partition = $2 and "offset" = any ($3::bigint[])',
      [topic, partition, found.map(({ offset }) => offset)],
    );
    for (const { value } of rows) {
      for (const [, sha256] of value.toString().matchAll(BLOB_ADDRESS))
        if (sha256 !== undefined) media.add(sha256);
    }
  }
  return media;
}

const BLOB_ADDRESS = /"uri":"blob:([0-9a-f]{64})"/g;

/** The value of some record of a topic that holds a word; null if none does. */
export async function findRecordHolding(
  database: LogDatabase,
  topic: string,
  word: string,
): Promise<Uint8Array | null> {
  for await (const range of rangesOf(database, topic)) {
    const rows = await queryRows(
      database,
      ValueRow,
      `select value from log_record
       where ${IN_RANGE} and (${IS_SEALED} or position(convert_to($5, 'UTF8') in value) > 0)`,
      [topic, ...range, word],
    );
    const found = rows.find(({ value }) => value.includes(word));
    if (found !== undefined) return found.value;
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
      ValueRow,
      `select value from log_record where ${IN_RANGE} and (${IS_SEALED} or exists (
         select from unnest($5::text[]) as word where position(convert_to(word, 'UTF8') in value) > 0))`,
      [topic, ...range, words.filter((word) => !held.has(word))],
    );
    for (const { value } of rows) for (const word of words) if (value.includes(word)) held.add(word);
  }
  return held;
}

/** Whether a value that the database does not see holds one of the words, as {@link holdsOneOf} asks it. */
function holdsWord(value: Buffer, words: readonly string[], isDeadLetter: boolean): boolean {
  if (words.some((word) => value.includes(word))) return true;
  if (!isDeadLetter) return false;
  const failed = Buffer.from(/"base64":"([^"]*)"/.exec(value.toString())?.[1] ?? '', 'base64');
  return words.some((word) => failed.includes(word));
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
