/**
 * What can go wrong with a log, whatever the adapter:
 * - `log-unavailable`: the broker or database can't be reached or is starting; the same call may succeed later;
 * - `log-refused`: it answered with a refusal that time doesn't mend (missing tables, no permission);
 * - `unknown-topic`: the topic has not been created;
 * - `record-invalid`, `record-too-large`: the record can't be stored, now or later;
 * - `offset-trimmed`: records that were to be read are no longer kept;
 * - `partition-lost`: the partition is another member's now, and this member's work on it is void;
 * - `handler-failed`: a batch's handler rejected; `cause` is its error;
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

/** What an adapter didn't name is a log that doesn't answer. */
export function asEventLogError(error: unknown): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EventLogError('log-unavailable', message, error);
}
