import { EVENTS } from '@leakwatch/contracts';
import { eventTypeName, type LogRecord } from '@leakwatch/event-log';

/**
 * The way ingest writes it. Within a JSON string every quote has a backslash before it, so no text can look like this. Bytes,
 * because a search for a string encodes it anew each time.
 */
const NO_MEDIA = Buffer.from('"media":[]');
const FIRST_REVISION = Buffer.from('"op":"create"');

/**
 * True for a new post without media, by its bytes. Most posts are such, and parsing one costs more than anything else in
 * the image lane. Posts written in another way (with spaces, by another producer) are parsed, and so are edits and
 * deletions, whose scan must be reported. Whether it is a complete post is checked by the text lane.
 */
export function isPlainlyWithoutMedia(record: Pick<LogRecord, 'headers' | 'value'>): boolean {
  if (eventTypeName(record) !== EVENTS.post.type) return false;
  const { buffer, byteOffset, byteLength } = record.value;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.includes(NO_MEDIA) && bytes.includes(FIRST_REVISION);
}
