/** Whether the same call may succeed when it is made again, with nothing changed but time. */
const CAN_RETRY = {
  /** DATABASE_URL is not the address of a Postgres. */
  'bad-database-url': false,
  /** npm has no Postgres for this platform, or it was left out of the install. */
  'no-binaries': false,
  /** The binaries are there and don't run here. */
  'binaries-unusable': false,
  /** The data directory belongs to someone else, or can't be made or read. */
  'data-dir-denied': false,
  /** The data directory was made by another major version of Postgres. */
  'data-dir-version': false,
  /** initdb or postgres gave up; the message carries its last words. */
  'start-failed': false,
  /** Older than what the SQL here needs. */
  'unsupported-server': false,
  /** No connection could be made. */
  unreachable: true,
  /** A connection broke under a query: whether the query took effect is unknown, unless a transaction held it. */
  'connection-lost': true,
  /** The server answered, and lets us not in: wrong password, no such database. */
  refused: false,
  /** Two transactions met; the server rolled this one back. */
  conflict: true,
  /** Any other SQL error; `sqlState` says which. */
  'query-failed': false,
  /** A row that the code doesn't understand. */
  'unexpected-row': false,
  'migration-changed': false,
  'migration-out-of-order': false,
  'migration-failed': false,
  /** The database has migrations that this code has not. */
  'database-too-new': false,
  /** Used after `close`. */
  closed: false,
} as const;

export type StoreErrorCode = keyof typeof CAN_RETRY;

/** What everything in this package throws. `cause` is the error underneath, where there is one. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly canRetry: boolean;
  /** The five characters by which Postgres names an error, such as 23505 for a unique violation. */
  readonly sqlState: string | undefined;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown; sqlState?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.canRetry = CAN_RETRY[code];
    this.sqlState = options.sqlState;
  }
}
