/** Whether the same call may succeed later with nothing else changed. */
const CAN_RETRY = {
  /** DATABASE_URL is not the address of a Postgres, or names a file that is not there. */
  'bad-database-url': false,
  /** npm has no Postgres for this platform, or its install left it out. */
  'no-binaries': false,
  /** The binaries are there and don't run here. */
  'binaries-unusable': false,
  /** The data directory belongs to another user, or can't be created or read. */
  'data-dir-denied': false,
  /** The data directory was created by another major version of Postgres. */
  'data-dir-version': false,
  /** initdb or postgres failed; the message has its last words. */
  'start-failed': false,
  /** Older than our SQL needs. */
  'unsupported-server': false,
  /** No connection could be made. */
  unreachable: true,
  /** A connection broke during a query. Outside a transaction, it is unknown whether the query took effect. */
  'connection-lost': true,
  /** The server answers, and takes no writes now: its disk is full, or it is a standby. */
  'not-writable': true,
  /** The server refused us: wrong password, no such database. */
  refused: false,
  /** TLS was asked for, and the server offers none, or a certificate that is not to be trusted. */
  untrusted: false,
  /** Each transaction gets another session, as behind PgBouncer in transaction mode. */
  'needs-session': false,
  /** The server cancelled a statement that took too long, or waited for a lock too long. */
  'timed-out': true,
  /** Two transactions conflicted; the server rolled this one back. */
  conflict: true,
  /** Any other SQL error; `sqlState` says which. */
  'query-failed': false,
  /** Something in the database is sealed, and no master key is set. */
  'no-master-key': false,
  /** Another master key has wrapped the data keys. */
  'wrong-master-key': false,
  /** The setting of the master key names no usable key. */
  'bad-master-key': false,
  /** A value is sealed with a data key that the database lacks. */
  'unknown-data-key': false,
  /** A sealed value was changed or cut off. */
  'sealed-value-broken': false,
  /** A row that this code does not understand. */
  'unexpected-row': false,
  'migration-changed': false,
  'migration-out-of-order': false,
  'migration-failed': false,
  /** The database has migrations that this code lacks. */
  'database-too-new': false,
  /** Used after `close`. */
  closed: false,
} as const;

export type StoreErrorCode = keyof typeof CAN_RETRY;

/** Every error of this package. `cause` is the underlying error, if there is one. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly canRetry: boolean;
  /** Postgres's code for the error, five characters, such as 23505 for a unique violation. */
  readonly sqlState: string | undefined;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown; sqlState?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.canRetry = CAN_RETRY[code];
    this.sqlState = options.sqlState;
  }
}
