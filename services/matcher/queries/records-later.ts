import { type LogRecord } from '@leakwatch/event-log';
import { parseRows, secretBytes, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** A record that was put off. */
export interface LaterRecord {
  readonly record: LogRecord;
  readonly attempts: number;
  readonly waitsFor: string;
  readonly firstFailedAt: Date;
}

const RowSchema = z
  .object({
    topic: z.string(),
    partition: z.int(),
    offset: z.string(),
    key: z.string(),
    value: z.instanceof(Uint8Array),
    headers: z.record(z.string(), z.string()),
    appendedAt: z.date(),
    attempts: z.int(),
    waitsFor: z.string(),
    firstFailedAt: z.date(),
  })
  .transform(({ attempts, waitsFor, firstFailedAt, offset, ...record }): LaterRecord => ({
    ...{ attempts, waitsFor, firstFailedAt },
    record: { ...record, offset: BigInt(offset) },
  }));

/** Records among which a fair choice is made. */
const MOST_LOOKED_AT = 5000;

/** Puts a record off. One that is there already (its batch came again) stays as it is. */
export async function putOff(
  db: Queryable,
  stage: string,
  { record, waitsFor }: { readonly record: LogRecord; readonly waitsFor: string },
): Promise<void> {
  const { topic, partition, offset, key, value, headers, appendedAt } = record;
  await db.query({
    name: 'put-record-off',
    text: `INSERT INTO record_later (stage, topic, partition, log_offset, key, value, headers, appended_at, waits_for, attempts, place)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10) ON CONFLICT DO NOTHING`,
    values: [
      ...[stage, topic, partition, String(offset), key],
      ...[secretBytes(value), JSON.stringify(headers), appendedAt, waitsFor, placeIn(value)],
    ],
  });
}

/** The post's place as the record writes it: an erasure finds the row by it, where the value is sealed. */
function placeIn(value: Uint8Array): string | null {
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
  return PLACE.exec(text)?.[0] ?? null;
}

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const PLACE = new RegExp(`"platform":${STRING},"instance":${STRING},"nativeId":${STRING}`);

const WaitingSchema = z.object({ key: z.string(), records: z.int(), bytes: z.number() });
export type WaitingOfCreator = z.infer<typeof WaitingSchema>;

/** The records of a stage that wait, and the bytes of their values, by creator. */
export async function weighLater(db: Queryable, stage: string): Promise<WaitingOfCreator[]> {
  const answer = await db.query(
    `SELECT key, count(*)::integer AS records, sum(octet_length(value))::float8 AS bytes
     FROM record_later WHERE stage = $1 GROUP BY key`,
    [stage],
  );
  return parseRows(answer, WaitingSchema);
}

/** How many records of a stage wait, and for how long the oldest has. */
export async function countLater(
  db: Queryable,
  stage: string,
): Promise<{ records: number; oldestSeconds: number }> {
  const answer = await db.query(
    `SELECT count(*)::integer AS records,
       coalesce(extract(epoch FROM clock_timestamp() - min(first_failed_at)), 0)::float8 AS "oldestSeconds"
     FROM record_later WHERE stage = $1`,
    [stage],
  );
  const CountSchema = z.object({ records: z.int(), oldestSeconds: z.number() });
  return parseRows(answer, CountSchema)[0] ?? { records: 0, oldestSeconds: 0 };
}

/**
 * Claims records that are due: first each creator's first one. Records that wait for a host that is away are left until they
 * are too old.
 *
 * @param options.claimMs - after this time another process may claim them
 * @param options.giveUpMs - from this age a record is claimed though its host is away
 */
export async function claimLater(
  db: Queryable,
  stage: string,
  options: {
    readonly limit: number;
    readonly perHost: number;
    readonly busy: readonly string[];
    readonly away: readonly string[];
    readonly giveUpMs: number;
    readonly claimMs: number;
  },
): Promise<LaterRecord[]> {
  const answer = await db.query(
    `WITH open AS (
       SELECT topic, partition, log_offset, key, waits_for, due_at FROM record_later
       WHERE stage = $1 AND due_at <= clock_timestamp() AND waits_for <> ALL ($2)
         AND (waits_for <> ALL ($3) OR first_failed_at < clock_timestamp() - $4 * interval '1 ms')
         AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
       ORDER BY due_at LIMIT ${MOST_LOOKED_AT}
     ), due AS (
       SELECT *, row_number() OVER (PARTITION BY key ORDER BY due_at) AS turn,
         row_number() OVER (PARTITION BY waits_for ORDER BY due_at) AS at_host
       FROM open
     ), chosen AS (
       SELECT r.ctid FROM record_later r JOIN due USING (topic, partition, log_offset)
       WHERE r.stage = $1 AND due.at_host <= $5
         AND (r.claimed_until IS NULL OR r.claimed_until < clock_timestamp())
       ORDER BY turn, due.due_at LIMIT $6 FOR UPDATE OF r SKIP LOCKED
     )
     UPDATE record_later r SET claimed_until = clock_timestamp() + $7 * interval '1 ms'
     FROM chosen WHERE r.ctid = chosen.ctid
     RETURNING topic, partition, log_offset::text AS "offset", key, value, headers, appended_at AS "appendedAt",
       attempts, waits_for AS "waitsFor", first_failed_at AS "firstFailedAt"`,
    [
      ...[stage, options.busy, options.away, options.giveUpMs, options.perHost],
      ...[options.limit, options.claimMs],
    ],
  );
  return parseRows(answer, RowSchema);
}

/** Tries a record again after a while. */
export async function tryLaterAgain(
  db: Queryable,
  stage: string,
  { record, attempts, waitsFor }: Pick<LaterRecord, 'record' | 'attempts' | 'waitsFor'>,
  inMs: number,
): Promise<void> {
  await db.query(
    `UPDATE record_later SET attempts = $5, waits_for = $6, due_at = clock_timestamp() + $7 * interval '1 ms', claimed_until = NULL
     WHERE stage = $1 AND topic = $2 AND partition = $3 AND log_offset = $4`,
    [stage, record.topic, record.partition, String(record.offset), attempts, waitsFor, inMs],
  );
}

/** Deletes a record that is through. */
export async function finishLater(db: Queryable, stage: string, record: LogRecord): Promise<void> {
  await db.query(
    'DELETE FROM record_later WHERE stage = $1 AND topic = $2 AND partition = $3 AND log_offset = $4',
    [stage, record.topic, record.partition, String(record.offset)],
  );
}
