/**
 * The steps that all consumers share:
 *
 *     process ──▶ ok, dropped, postponed, failed ──retry with back-off──▶ publish emissions and dead letters ──▶ offset moves
 *
 * Published records keep the order of the batch. A record that is tried again does not hold up those behind it:
 * what `process` writes itself must not depend on the order within a batch.
 *
 * Outcomes are data. Throw only when the world is broken (the database is down): the log then delivers the batch
 * again.
 */
import { type BackOff, backOffMs, pause } from '@leakwatch/runtime/waiting';
import { recordBytes, refusal } from '../port/check-record.ts';
import { deadLetterOfRecord, type SavePayload } from '../dead-letters/encode-dead-letter.ts';
import { isErased } from '../events/erased.ts';
import { isForAnotherStage } from '../dead-letters/replay-headers.ts';
import { type Batch, type EventLog, type LogRecord, type OutgoingRecord } from '../port/event-log.ts';

/** The outcome of a record. A `reason` is a short word in kebab case, fit for a metric label: never content. */
export type Outcome =
  | { readonly kind: 'ok'; readonly emit: readonly OutgoingRecord[] }
  | { readonly kind: 'dropped'; readonly reason: string }
  /** The stage has stored the record durably and will process it again by itself; `emit` is what is valid already. */
  | { readonly kind: 'postponed'; readonly reason: string; readonly emit: readonly OutgoingRecord[] }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly message: string;
      /** Whether trying again can help. */
      readonly retry: boolean;
      /** Results that are valid in spite of the failure. They are published when the failure is final. */
      readonly emit?: readonly OutgoingRecord[];
    };

/** Names an outcome in log lines and spans: `ok`, or the reason. */
export function labelOf(outcome: Outcome): string {
  return outcome.kind === 'ok' ? 'ok' : outcome.reason;
}

export interface ProcessBatchOptions {
  readonly log: EventLog;
  /** The stage at work, as dead letters name it: `matcher-text`, `alerting` … */
  readonly stage: string;
  /** Returns one outcome for each record, in the same order. */
  readonly process: (records: readonly LogRecord[], signal: AbortSignal) => Promise<readonly Outcome[]>;
  /** How often a failing record is tried in all. */
  readonly maxAttempts: number;
  /** Stores the bytes of a failed record that are too large for its dead letter. */
  readonly savePayload: SavePayload;
  readonly backOff?: BackOff;
  /** Attempts before this call, for the dead letter. */
  readonly earlier?: { readonly attempts: number; readonly firstFailedAt: Date };
  /** Called with the final outcome of each record. */
  readonly observe?: (outcome: Outcome, record: LogRecord) => void;
}

interface Tried {
  readonly record: LogRecord;
  outcome: Outcome;
  attempts: number;
  firstFailedAt: Date | undefined;
  lastFailedAt: Date | undefined;
}

/**
 * Resolves when the log has the emission or dead letter of every record. Rejects when that fails; nothing is
 * lost then.
 */
export async function processBatch(
  batch: Batch,
  options: ProcessBatchOptions,
  rest: typeof pause = pause,
): Promise<void> {
  const tried = batch.records.map((record): Tried => {
    const outcome: Outcome = {
      kind: 'dropped',
      reason: isErased(record) ? 'erased' : 'replayed-for-another-stage',
    };
    return { record, outcome, attempts: 0, firstFailedAt: undefined, lastFailedAt: undefined };
  });
  await attempt(
    tried.filter(({ record }) => !isErased(record) && !isForAnotherStage(record.headers, options.stage)),
    batch.signal,
    options,
    rest,
  );

  const outgoing: OutgoingRecord[] = [];
  for (const one of tried) {
    const { outcome } = one;
    if (outcome.kind !== 'dropped') outgoing.push(...(outcome.emit ?? []));
    // Awaiting only the failed ones saves more time than the rest of this loop takes.
    if (outcome.kind === 'failed') outgoing.push(await letterOf(one, outcome, options));
  }
  // After a loss the next member publishes the same records: publishing them here would only repeat them.
  batch.signal.throwIfAborted();
  if (outgoing.length > 0) await options.log.publish(outgoing);
  for (const { outcome, record } of tried) options.observe?.(outcome, record);
}

/** Processes the records. Those that fail and may be retried are processed again until their attempts are used up. */
async function attempt(
  records: readonly Tried[],
  signal: AbortSignal,
  { process, maxAttempts, backOff = { firstMs: 50, longestMs: 2000 } }: ProcessBatchOptions,
  rest: typeof pause,
): Promise<void> {
  let open = records;
  for (let round = 1; open.length > 0; round++) {
    if (round > 1) {
      await rest(backOffMs(backOff, round - 1), signal);
      signal.throwIfAborted();
    }
    const outcomes = await process(
      open.map(({ record }) => record),
      signal,
    );
    if (outcomes.length !== open.length) {
      throw new RangeError(`the stage returned ${outcomes.length} outcomes for ${open.length} records`);
    }
    outcomes.forEach((outcome, index) => note(open[index], withValidEmission(outcome)));
    open = open.filter(
      ({ outcome, attempts }) => outcome.kind === 'failed' && outcome.retry && attempts < maxAttempts,
    );
  }
}

function note(one: Tried | undefined, outcome: Outcome): void {
  if (one === undefined) return;
  one.outcome = outcome;
  one.attempts += 1;
  if (outcome.kind !== 'failed') return;
  one.lastFailedAt = new Date();
  one.firstFailedAt ??= one.lastFailedAt;
}

/** Turns an outcome into a failure when no log can take its emission: such a record must not hold up its partition. */
function withValidEmission(outcome: Outcome): Outcome {
  if (outcome.kind === 'dropped') return outcome;
  const refused = outcome.emit
    ?.map((record) => refusal(record, recordBytes(record)))
    .find((error) => error !== undefined);
  if (refused === undefined) return outcome;
  return { kind: 'failed', reason: refused.code, message: refused.message, retry: false };
}

function letterOf(
  { record, attempts, firstFailedAt, lastFailedAt }: Tried,
  { reason, message }: Extract<Outcome, { kind: 'failed' }>,
  { stage, savePayload, earlier }: ProcessBatchOptions,
): Promise<OutgoingRecord> {
  const failedAt = lastFailedAt ?? new Date();
  const failure = {
    stage,
    reason,
    message,
    attempts: attempts + (earlier?.attempts ?? 0),
    firstFailedAt: earlier?.firstFailedAt ?? firstFailedAt ?? failedAt,
    lastFailedAt: failedAt,
  };
  return deadLetterOfRecord(record, failure, savePayload);
}
