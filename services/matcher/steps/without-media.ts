import { EVENTS } from '@leakwatch/contracts';
import { eventTypeName, type LogRecord } from '@leakwatch/event-log';

/** As ingest writes them. Within a string of JSON every quote has a backslash before it, so that no text can look like this. */
const NO_MEDIA = '"media":[]';
const FIRST_REVISION = '"op":"create"';

/**
 * Whether the record is a new post without media, told by its bytes: most posts are, and to read one costs more than anything
 * else in the image lane. What is written in another way (with spaces, by another producer) is read like any other post, and
 * so are edits and deletions: that they were looked at is to be told. Whether it is a whole post is for the text lane to say.
 */
export function isPlainlyWithoutMedia(record: Pick<LogRecord, 'headers' | 'value'>): boolean {
  if (eventTypeName(record) !== EVENTS.post.type) return false;
  const { buffer, byteOffset, byteLength } = record.value;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.includes(NO_MEDIA) && bytes.includes(FIRST_REVISION);
}
