import { randomFillSync } from 'node:crypto';
import { type EventType, describeIssues } from '@leakwatch/contracts';
import { type LogRecord, type OutgoingRecord } from '../port/event-log.ts';

/**
 * CloudEvents 1.0 in Kafka's binary mode: headers named `ce_` plus the attribute carry the attributes, the value
 * is the data alone. Sources: CloudEvents 1.0.2 and its Kafka protocol binding; W3C Trace Context for
 * `traceparent`.
 */
const CONTENT_TYPE = 'application/json';

export interface EventAttributes {
  /** Identifies the event together with `source`. A redelivery repeats it. */
  readonly id: string;
  /** The record's key: the creator. */
  readonly key: string;
  /** The part of leakwatch that sends the event, as a URI reference: `/leakwatch/ingest`. */
  readonly source: string;
  /** When it happened. */
  readonly time: Date;
  /** W3C trace context of the post that caused this event. Without it a new trace begins. */
  readonly traceparent?: string;
}

/** The version of a value. The extension attribute repeats it for readers that do not parse the value. */
interface Versioned {
  readonly schemaVersion: number;
}

/** Encodes an event as a record for its type's topic. `value` is the schema's output, written as UTF-8 JSON. */
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

/** The reason why a record can not be read. Fit for a metric label. */
export type RecordErrorReason = 'unknown-type' | 'bad-json' | 'bad-schema';

/** Raised for a record that breaks the promise of its topic. Trying again does not help. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly reason: RecordErrorReason;

  constructor(reason: RecordErrorReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/** The CloudEvents `type` of a record; undefined where the header is missing. */
export function eventTypeName(record: Pick<LogRecord, 'headers'>): string | undefined {
  return record.headers['ce_type'];
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes the value of a record of this type, and checks it by the type's schema.
 *
 * @throws RecordError that names the path of each mistake and never quotes the content
 */
export function decodeEvent<T>(record: Pick<LogRecord, 'headers' | 'value'>, eventType: EventType<T>): T {
  return checkEvent(readEvent(record, eventType), eventType);
}

/**
 * Reads the value of a record of this type as JSON, for readers that check parts of it first.
 *
 * @throws RecordError `unknown-type` or `bad-json`
 */
export function readEvent(
  record: Pick<LogRecord, 'headers' | 'value'>,
  { type }: Pick<EventType, 'type'>,
): unknown {
  const own = eventTypeName(record);
  if (own !== type) {
    throw new RecordError('unknown-type', `expected an event ${type}, got ${own ?? 'none'}`);
  }
  return parseJson(record.value);
}

/**
 * Checks a value by the type's schema.
 *
 * @throws RecordError `bad-schema`
 */
export function checkEvent<T>(value: unknown, { schema }: EventType<T>): T {
  const parsed = schema.safeParse(value);
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

/** Random bytes are drawn for 256 traces at a time. A system call for each trace would cost more than all else here. */
const random = Buffer.alloc(256 * (TRACE_BYTES + SPAN_BYTES));
let used = random.length;

/** A new W3C trace context (version 00), marked as sampled. */
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
