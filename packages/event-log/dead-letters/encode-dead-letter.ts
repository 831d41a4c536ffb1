import { type DeadLetter, type DeadLetterOrigin, EVENTS, hashId, sha256Hex } from '@leakwatch/contracts';
import { encodeEvent } from '../events/cloud-events.ts';
import { type LogRecord, type OutgoingRecord } from '../port/event-log.ts';
import { type PriorFailure, priorFailure, withoutReplayHeaders } from './replay-headers.ts';

/** Payloads up to this size are in the letter itself, in base64. Larger ones are blobs. */
export const INLINE_PAYLOAD_BYTES = 64 * 1024;

/** Longer messages are cut: the letter must fit a record. */
const MESSAGE_LENGTH = 4000;

/** Stores bytes under their hash, as the store's `saveBlob` does. */
export type SavePayload = (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly bytes: number }>;

/** The failure of a record, as its stage describes it. */
export interface Failure {
  readonly stage: string;
  /** A short word in kebab case, fit for a metric label: never content. */
  readonly reason: string;
  readonly message: string;
  /** How often it was tried, this time. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

/**
 * The dead letter of a record that a stage could not process. After a replay the letter keeps its id and its
 * count of attempts.
 */
export async function deadLetterOfRecord(
  record: LogRecord,
  failure: Failure,
  savePayload: SavePayload,
): Promise<OutgoingRecord> {
  const { topic, partition, offset, key } = record;
  const prior = priorFailure(record.headers);
  const origin: DeadLetterOrigin = {
    kind: 'topic',
    topic,
    partition,
    offset: String(offset),
    key,
    headers: withoutReplayHeaders(record.headers),
  };
  const id = prior?.id ?? hashId('dead-letter', failure.stage, topic, partition, String(offset));
  return encodeLetter(
    { id, origin, payload: record.value, prior, traceparent: record.headers['traceparent'] },
    failure,
    savePayload,
  );
}

export interface RefusedInput {
  /** The source: `jsonl`, `webhook` … */
  readonly source: string;
  /** The place for a person to look: `posts.jsonl:17`. */
  readonly place: string;
  readonly payload: Uint8Array;
  /** The letter from which the input was taken in again. The new one keeps its id and its count of attempts. */
  readonly again?: PriorFailure;
}

/** The dead letter of an input that ingest could not take. The same bytes at the same place give the same id. */
export async function deadLetterOfInput(
  input: RefusedInput,
  failure: Failure,
  savePayload: SavePayload,
): Promise<OutgoingRecord> {
  const { source, place, payload } = input;
  const prior = input.again;
  const id = prior?.id ?? hashId('dead-letter', failure.stage, source, place, sha256Hex(payload));
  const origin: DeadLetterOrigin = { kind: 'source', source, place };
  return encodeLetter({ id, origin, payload, prior, traceparent: undefined }, failure, savePayload);
}

interface LetterSubject {
  readonly id: string;
  readonly origin: DeadLetterOrigin;
  readonly payload: Uint8Array;
  readonly prior: PriorFailure | undefined;
  readonly traceparent: string | undefined;
}

async function encodeLetter(
  { id, origin, payload, prior, traceparent }: LetterSubject,
  failure: Failure,
  savePayload: SavePayload,
): Promise<OutgoingRecord> {
  const letter: DeadLetter = {
    schemaVersion: 1,
    id,
    stage: failure.stage,
    origin,
    error: { reason: failure.reason, message: failure.message.slice(0, MESSAGE_LENGTH) },
    attempts: failure.attempts + (prior?.attempts ?? 0),
    firstFailedAt: prior?.firstFailedAt ?? failure.firstFailedAt.toISOString(),
    lastFailedAt: failure.lastFailedAt.toISOString(),
    payload: await encodePayload(payload, savePayload),
  };
  return encodeEvent(EVENTS.deadLetter, letter, {
    id: hashId('dead-letter-event', id, letter.attempts, letter.lastFailedAt),
    // All letters of one id go to one partition, in the order of their writing.
    key: id,
    source: `/leakwatch/${failure.stage}`,
    time: failure.lastFailedAt,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
}

async function encodePayload(bytes: Uint8Array, savePayload: SavePayload): Promise<DeadLetter['payload']> {
  if (bytes.byteLength <= INLINE_PAYLOAD_BYTES) {
    return { kind: 'inline', base64: Buffer.from(bytes).toString('base64') };
  }
  const saved = await savePayload(bytes);
  return { kind: 'blob', sha256: saved.sha256, bytes: saved.bytes };
}
