import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';

/**
 * The adapter's view of a database: the `query` of a `pg` pool, and a connection that listens. Each statement is
 * a transaction of its own, so no connection is held.
 */
export interface LogDatabase {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Marks a record's value as one to encrypt; `query` then encrypts it, and gives values as they were. */
  secret?(value: Buffer): unknown;
  /**
   * Calls `onNotify` for each NOTIFY on a channel until the returned function is called. A broken connection is
   * replaced; `onNotify` then gets an empty payload, because a notification may have been missed.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
}

/**
 * Makes a database answer in time or fail: a network that swallows packets must not stall the log silently. The
 * statement may still take effect later.
 */
export function answeringWithin(ms: number, database: LogDatabase): LogDatabase {
  return {
    query: (text, values) =>
      new Promise((resolve, reject) => {
        const late = () =>
          reject(new EventLogError('log-unavailable', `the database did not answer within ${ms} ms`));
        const timer = setTimeout(late, ms);
        database
          .query(text, values)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      }),
    secret: (value) => database.secret?.(value) ?? value,
    listen: (channel, onNotify) => database.listen(channel, onNotify),
  };
}

/** SQLSTATE class 42, syntax error or access rule violation: trying again does not help. */
const REFUSED = /^42/;
/** Raised by log_append. */
const NO_DATA_FOUND = 'P0002';

/** Turns an error of `pg` into the port's. */
function toEventLogError(error: unknown): EventLogError {
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

/** The SQLSTATE of an error of `pg`, or of the error that it wraps. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && SQL_STATE.test(error.code)) return error.code;
  return sqlState(error.cause);
}

/** Runs one statement and checks its rows. Errors of the database come out as {@link EventLogError}. */
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

/** Runs one statement and returns the number of its rows. */
export async function execute(database: LogDatabase, text: string, values: unknown[]): Promise<number> {
  return (await queryRows(database, z.unknown(), text, values)).length;
}

/** A bigint column, selected `::text`: a driver setting decides how int8 arrives. */
export const BigintColumn = z.string().transform((digits) => BigInt(digits));
