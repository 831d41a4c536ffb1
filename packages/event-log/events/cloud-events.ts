import { randomFillSync } from 'node:crypto';
import { type EventType, describeIssues } from '@leakwatch/contracts';
import { type LogRecord, type OutgoingRecord } from '../port/event-log.ts';

/**
 * CloudEvents 1.0 in Kafka's binary mode: the attributes are headers (`ce_` and the name), the value is the data alone.
 * Sources: CloudEvents 1.0.2 and its Kafka protocol binding; W3C Trace Context for `traceparent`.
 */
const CONTENT_TYPE = 'application/json';

export interface EventAttributes {
  /** Identifies the event together with `source`: an id that a redelivery repeats. */
  readonly id: string;
  /** The record's key: the creator. */
  readonly key: string;
  /** Which part of leakwatch says so, as a URI reference: `/leakwatch/ingest`. */
  readonly source: string;
  /** When it happened. */
  readonly time: Date;
  /** W3C trace context of the post that this event comes from; a new trace begins without it. */
  readonly traceparent?: string;
}

/** Every value of ours says its version; the extension attribute repeats it for readers that don't parse the value. */
interface Versioned {
  readonly schemaVersion: number;
}

/** An event as a record for its type's topic; `value` is the schema's output and goes out as UTF-8 JSON. */
export function encodeEvent<T extends Versioned>(
  eventType: EventType<T>,
  value: NoInfer<T>,
  attributes: EventAttributes,
): OutgoingRecord {
  return {
    topic: eventType.topic,
    key: attributes.key,
    value: Buffer.from(JSON.stringify(value)),
    headers: {
      ce_specversion: '1.0',
      ce_id: attributes.id,
      ce_type: eventType.type,
      ce_source: attributes.source,
      ce_time: attributes.time.toISOString(),
      ce_schemaversion: String(value.schemaVersion),
      'content-type': CONTENT_TYPE,
      traceparent: attributes.traceparent ?? newTraceparent(),
    },
  };
}

/** Why a record can't be read; fit for a metric label. */
export type RecordErrorReason = 'unknown-type' | 'bad-json' | 'bad-schema';

/** A record that doesn't hold what its topic promises. It will not get better by trying again. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly reason: RecordErrorReason;

  constructor(reason: RecordErrorReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/** The CloudEvents `type` that the record says it has; undefined where it says none. */
export function eventTypeName(record: Pick<LogRecord, 'headers'>): string | undefined {
  return record.headers['ce_type'];
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The value of a record that is of this type, checked by its schema.
 * @throws RecordError that names the path of what is wrong and never quotes the content.
 */
export function decodeEvent<T>(record: Pick<LogRecord, 'headers' | 'value'>, eventType: EventType<T>): T {
  const type = eventTypeName(record);
  if (type !== eventType.type) {
    throw new RecordError('unknown-type', `expected an event ${eventType.type}, got ${type ?? 'none'}`);
  }
  const parsed = eventType.schema.safeParse(parseJson(record.value));
  if (!parsed.success) throw new RecordError('bad-schema', describeIssues(parsed.error).join('\n'));
  return parsed.data;
}

function parseJson(value: Uint8Array): unknown {
  try {
    return JSON.parse(strictUtf8.decode(value));
  } catch (error) {
    // The parser's own message quotes the content, which may be under embargo.
    const what = error instanceof SyntaxError ? 'is not JSON' : 'is not UTF-8';
    throw new RecordError('bad-json', `the value (${value.byteLength} bytes) ${what}`);
  }
}

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** The system is asked for randomness once for so many contexts: for each of them it would cost more than all else here. */
const random = Buffer.alloc(256 * (TRACE_BYTES + SPAN_BYTES));
let used = random.length;

/** A new W3C trace context (version 00) that is marked as sampled. */
export function newTraceparent(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const traceEnd = used + TRACE_BYTES;
  const spanEnd = traceEnd + SPAN_BYTES;
  const trace = random.toString('hex', used, traceEnd);
  const span = random.toString('hex', traceEnd, spanEnd);
  used = spanEnd;
  return `00-${trace}-${span}-01`;
}
