import { EventLogError } from './errors.ts';
import { type OutgoingRecord } from './event-log.ts';

/** The most bytes that key, value and headers of a record may have together. A Kafka broker takes 1 MiB by default. */
export const MAX_RECORD_BYTES = 1_000_000;

/**
 * The size of a record as the limit counts it. Measuring takes as long as writing the headers: do it once per
 * record.
 */
export function recordBytes(record: OutgoingRecord): number {
  let bytes = record.value.byteLength + Buffer.byteLength(record.key);
  for (const [name, value] of Object.entries(record.headers)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  return bytes;
}

/**
 * Returns the reason why no log can store the record, or undefined.
 *
 * @param bytes - the record's {@link recordBytes}
 */
export function refusal(record: OutgoingRecord, bytes: number): EventLogError | undefined {
  for (const [name, value] of Object.entries(record.headers)) {
    // Postgres' jsonb can not store U+0000, and no header of ours needs it.
    if (name.includes('\0') || value.includes('\0')) {
      return new EventLogError(
        'record-invalid',
        `header ${JSON.stringify(name)} contains the character U+0000`,
      );
    }
  }
  if (bytes > MAX_RECORD_BYTES) {
    return new EventLogError(
      'record-too-large',
      `a record for topic ${record.topic} has ${bytes} bytes; at most ${MAX_RECORD_BYTES} fit`,
    );
  }
  return undefined;
}
