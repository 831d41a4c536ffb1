import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';

/**
 * What the adapter needs of a database: a `pg` pool's `query`, and a connection that listens.
 * Every statement of the adapter is a transaction of its own, so no connection is ever held.
 */
export interface LogDatabase {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /**
   * Hears NOTIFY on a channel until the returned function is called. When its connection breaks it makes a new one and then
   * calls `onNotify` with an empty payload: something may have been missed.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
}

/**
 * A database that answers in time or fails: a network that swallows packets must not stall a log without a word. What was asked may
 * still happen after that.
 */
export function answeringWithin(ms: number, database: LogDatabase): LogDatabase {
  return {
    query: (text, values) =>
      new Promise((resolve, reject) => {
        const late = () =>
          reject(new EventLogError('log-unavailable', `the database gave no answer in ${ms} ms`));
        const timer = setTimeout(late, ms);
        database
          .query(text, values)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      }),
    listen: (channel, onNotify) => database.listen(channel, onNotify),
  };
}

/** SQLSTATE classes that time doesn't mend: syntax or access rule violation (42). */
const REFUSED = /^42/;
/** Raised by log_append. */
const NO_DATA_FOUND = 'P0002';

/** The adapter's error for one of `pg`'s. */
export function toEventLogError(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const state = sqlState(error);
  if (state === NO_DATA_FOUND) return new EventLogError('unknown-topic', message, error);
  if (state !== undefined && REFUSED.test(state)) {
    return new EventLogError('log-refused', `the database refused: ${message}`, error);
  }
  return new EventLogError('log-unavailable', `the database did not answer: ${message}`, error);
}

const SQL_STATE = /^[0-9A-Z]{5}$/;

/** The SQLSTATE of an error of `pg`, or of one that wraps it as its cause. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && SQL_STATE.test(error.code)) return error.code;
  return sqlState(error.cause);
}

/** Runs one statement and checks its rows; errors of the database come out as {@link EventLogError}. */
export async function queryRows<T>(
  database: LogDatabase,
  row: z.ZodType<T>,
  text: string,
  values: unknown[],
): Promise<T[]> {
  let rows: unknown[];
  try {
    ({ rows } = await database.query(text, values));
  } catch (error) {
    throw toEventLogError(error);
  }
  return z.array(row).parse(rows);
}

/** Runs one statement whose rows don't matter; returns how many there were. */
export async function execute(database: LogDatabase, text: string, values: unknown[]): Promise<number> {
  return (await queryRows(database, z.unknown(), text, values)).length;
}

/** A bigint column, selected `::text`: what a driver makes of int8 is a setting. */
export const BigintColumn = z.string().transform((digits) => BigInt(digits));
