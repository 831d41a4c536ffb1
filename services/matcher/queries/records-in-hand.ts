import { type LogRecord } from '@leakwatch/event-log';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The owner of notes. */
export interface Holder {
  readonly stage: string;
  /** The process. */
  readonly holder: string;
}

const PlaceSchema = z.object({ topic: z.string(), partition: z.int(), offset: z.string() });

/**
 * Notes records that are processed together. Returns those that another process left in hand; their notes stay as they are.
 */
export async function noteTogether(
  db: Queryable,
  { stage, holder }: Holder,
  records: readonly LogRecord[],
): Promise<LogRecord[]> {
  const values = [stage, holder, ...columnsOf(records)];
  await db.query({
    name: 'note-records-in-hand',
    text: `INSERT INTO record_in_hand (stage, holder, topic, partition, log_offset)
           SELECT $1, $2::uuid, * FROM unnest($3::text[], $4::integer[], $5::bigint[]) ON CONFLICT DO NOTHING`,
    values,
  });
  const answer = await db.query({
    name: 'find-records-left-in-hand',
    text: `SELECT topic, partition, log_offset::text AS "offset" FROM record_in_hand
           JOIN unnest($3::text[], $4::integer[], $5::bigint[]) AS mine (topic, partition, log_offset)
             USING (topic, partition, log_offset)
           WHERE stage = $1 AND holder <> $2::uuid`,
    values,
  });
  const left = new Set(parseRows(answer, PlaceSchema).map((place) => placeName(place)));
  return records.filter((record) => left.has(placeName(record)));
}

/** Notes that a record is taken up alone. Returns the processes that have ended on it; more than 1 if it was alone before. */
export async function noteAlone(
  db: Queryable,
  { stage, holder }: Holder,
  record: LogRecord,
): Promise<number> {
  const answer = await db.query(
    `INSERT INTO record_in_hand AS h (stage, holder, topic, partition, log_offset, falls) VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT (stage, topic, partition, log_offset) DO UPDATE SET holder = excluded.holder, falls = h.falls + 1
     RETURNING falls`,
    [stage, holder, record.topic, record.partition, String(record.offset)],
  );
  return parseRows(answer, z.object({ falls: z.int() }))[0]?.falls ?? 0;
}

/** Deletes this process's notes of records that are no longer in hand. */
export async function clearNotes(
  db: Queryable,
  { stage, holder }: Holder,
  records: readonly LogRecord[],
): Promise<void> {
  await db.query({
    name: 'clear-records-in-hand',
    text: `DELETE FROM record_in_hand h USING unnest($3::text[], $4::integer[], $5::bigint[]) AS done (topic, partition, log_offset)
           WHERE h.stage = $1 AND h.holder = $2::uuid AND h.topic = done.topic AND h.partition = done.partition
             AND h.log_offset = done.log_offset`,
    values: [stage, holder, ...columnsOf(records)],
  });
}

function columnsOf(records: readonly LogRecord[]): unknown[] {
  return [
    records.map(({ topic }) => topic),
    records.map(({ partition }) => partition),
    records.map(({ offset }) => String(offset)),
  ];
}

function placeName({
  topic,
  partition,
  offset,
}: Pick<LogRecord, 'topic' | 'partition'> & { offset: unknown }): string {
  return `${topic}/${partition}/${String(offset)}`;
}
