import { z } from 'zod';
import { type Placed } from '../adapter/append-queue.ts';
import { EventLogError } from '../port/errors.ts';
import { type OutgoingRecord } from '../port/event-log.ts';
import { BigintColumn, type LogDatabase, queryRows } from './database.ts';

const AppendedRow = z.object({ appended: BigintColumn });

/** Appends all of the records, or none when it rejects. */
export async function appendRecords(database: LogDatabase, placed: readonly Placed[]): Promise<void> {
  const [row] = await queryRows(
    database,
    AppendedRow,
    'select log_append($1, $2, $3, $4, $5)::text as appended',
    [
      placed.map(({ record }) => record.topic),
      placed.map(({ partition }) => partition),
      placed.map(({ record }) => Buffer.from(record.key)),
      placed.map(({ record }) => secretOf(database, Buffer.from(record.value))),
      placed.map(({ record }) => JSON.stringify(wellFormed(record.headers))),
    ],
  );
  if (row?.appended !== BigInt(placed.length)) {
    throw new EventLogError(
      'log-refused',
      `the database appended ${row?.appended ?? 'none'} of ${placed.length} records`,
    );
  }
}

function secretOf(database: LogDatabase, value: Buffer): unknown {
  return database.secret?.(value) ?? value;
}

/**
 * Replaces lone surrogates, which UTF-8 can not encode, by U+FFFD. Clients that encode headers as bytes do the
 * same.
 */
function wellFormed(headers: OutgoingRecord['headers']): Record<string, string> {
  const repair = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [repair(name), repair(value)]));
}
