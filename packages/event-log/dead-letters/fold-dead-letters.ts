import { type DeadLetter, EVENTS, hashId } from '@leakwatch/contracts';
import { decodeEvent, RecordError } from '../events/cloud-events.ts';
import { isErased } from '../events/erased.ts';
import { EventLogError } from '../port/errors.ts';
import { type EventLog, type LogRecord } from '../port/event-log.ts';

export const DEAD_LETTERS = EVENTS.deadLetter.topic;

/** The newest letter of an id, without its payload, and its place in the topic. */
export interface LetterSummary extends Omit<DeadLetter, 'payload' | 'schemaVersion'> {
  readonly partition: number;
  readonly offset: bigint;
}

/** The stage of records in the topic that are no dead letters. They are listed too, never skipped. */
const UNREADABLE_STAGE = 'unreadable';

interface Fold {
  readonly letters: Map<string, LetterSummary>;
  /** Where the next reading begins. */
  readonly next: Map<number, bigint>;
}

const folds = new WeakMap<EventLog, Promise<Fold>>();

/**
 * The newest letter of each id. Letters are remembered as long as the log lives, without payloads: a call costs
 * only the new records.
 */
export async function foldDeadLetters(log: EventLog): Promise<ReadonlyMap<string, LetterSummary>> {
  const before = folds.get(log);
  // Readings follow each other: two at once would both read the same records.
  const reading = before === undefined ? readOn(log, emptyFold()) : before.then((fold) => readOn(log, fold));
  folds.set(log, reading);
  try {
    return (await reading).letters;
  } catch (error) {
    if (folds.get(log) === reading) folds.delete(log);
    throw error;
  }
}

function emptyFold(): Fold {
  return { letters: new Map(), next: new Map() };
}

async function readOn(log: EventLog, fold: Fold): Promise<Fold> {
  try {
    for await (const records of log.replay({ topic: DEAD_LETTERS, from: fold.next })) {
      for (const record of records) {
        fold.next.set(record.partition, record.offset + 1n);
        if (isErased(record)) continue;
        const summary = summarise(record);
        fold.letters.set(summary.id, summary);
      }
    }
    return fold;
  } catch (error) {
    // Some remembered letters were trimmed since the last reading: begin again with those that are kept.
    const trimmed = error instanceof EventLogError && error.code === 'offset-trimmed';
    if (!trimmed || fold.next.size === 0) throw error;
    return readOn(log, emptyFold());
  }
}

function summarise(record: LogRecord): LetterSummary {
  const { partition, offset } = record;
  try {
    const { id, stage, origin, error, attempts, firstFailedAt, lastFailedAt } = decodeEvent(
      record,
      EVENTS.deadLetter,
    );
    return { id, stage, origin, error, attempts, firstFailedAt, lastFailedAt, partition, offset };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const at = record.appendedAt.toISOString();
    const { topic, key, headers } = record;
    return {
      id: hashId('dead-letter', UNREADABLE_STAGE, topic, partition, String(offset)),
      stage: UNREADABLE_STAGE,
      origin: { kind: 'topic', topic, partition, offset: String(offset), key, headers: { ...headers } },
      error: { reason: error.reason, message: error.message },
      attempts: 1,
      firstFailedAt: at,
      lastFailedAt: at,
      partition,
      offset,
    };
  }
}
