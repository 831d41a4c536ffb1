/**
 * The errors of a log, the same for both adapters:
 * - `log-unavailable`: the broker or database can not be reached or is starting. The same call may succeed
 *   later.
 * - `log-refused`: the broker or database refused for a reason that stays, such as missing tables or
 *   permissions.
 * - `unknown-topic`: the topic has not been created.
 * - `record-invalid`, `record-too-large`: no log can store the record.
 * - `offset-trimmed`: records that the reader asked for are no longer kept.
 * - `partition-lost`: another member has the partition now. The work of this member on it does not count.
 * - `handler-failed`: a batch's handler rejected; `cause` is its error.
 * - `closed`: the log or the subscription has been closed.
 */
export type EventLogErrorCode =
  | 'log-unavailable'
  | 'log-refused'
  | 'unknown-topic'
  | 'record-invalid'
  | 'record-too-large'
  | 'offset-trimmed'
  | 'partition-lost'
  | 'handler-failed'
  | 'closed';

const RETRYABLE: ReadonlySet<EventLogErrorCode> = new Set(['log-unavailable', 'handler-failed']);

export class EventLogError extends Error {
  override readonly name = 'EventLogError';
  readonly code: EventLogErrorCode;
  /** Whether the same call can succeed later. */
  readonly canRetry: boolean;

  constructor(code: EventLogErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.canRetry = RETRYABLE.has(code);
  }
}

/** Takes an error that no adapter has classified for a log that is out of reach. */
export function asEventLogError(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EventLogError('log-unavailable', message, error);
}
