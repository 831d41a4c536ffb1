import { EventLogError } from './errors.ts';
import { type OutgoingRecord } from './event-log.ts';

/** Key, value and headers of one record together, in bytes: within the 1 MiB that a Kafka broker takes by default. */
export const MAX_RECORD_BYTES = 1_000_000;

/** Size of a record as the limit counts it. It takes as long as writing the headers: work it out once a record. */
export function recordBytes(record: OutgoingRecord): number {
  let bytes = record.value.byteLength + Buffer.byteLength(record.key);
  for (const [name, value] of Object.entries(record.headers)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  return bytes;
}

/**
 * Why no log could ever store the record; undefined where one can.
 *
 * @param bytes - its {@link recordBytes}
 */
export function refusal(record: OutgoingRecord, bytes: number): EventLogError | undefined {
  for (const [name, value] of Object.entries(record.headers)) {
    // Postgres' jsonb has no U+0000, and no header of ours needs one.
    if (name.includes('\0') || value.includes('\0')) {
      return new EventLogError('record-invalid', `header ${JSON.stringify(name)} holds the character U+0000`);
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
