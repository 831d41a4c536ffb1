import { DetectionSchema, PostSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { secretBytes, SecretJson, secretJson, type SecretBytes } from './secret.ts';
import { secretDetection, secretPost } from './secret-forms.ts';

/** A column whose values are sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly type: 'bytea' | 'json';
  /** The rows with content; all without it. */
  readonly where?: string;
  /** Among rows that are not sealed as a whole those that hold something plain, or sealed with another key. */
  readonly isMixed?: (keyId: string) => string;
  /** Rows that may be read at once. */
  readonly rowsAtOnce: number;
  /** Says again what to seal of a value that was read. */
  readonly toSecret: (value: unknown) => SecretBytes | SecretJson;
}

const ofBytes = (value: unknown) => secretBytes(z.instanceof(Uint8Array).parse(value));
const ofJson = (value: unknown) => secretJson(value);
const ofDetection = (value: unknown) =>
  new SecretJson(JSON.stringify(value), secretDetection(DetectionSchema.parse(value)).clear);

/** Pictures may be large. */
const FEW = 10;
const SOME = 100;
const MANY = 500;

/** All columns that hold terms, captions or pictures. What else is readable in the database: docs/operate/encryption.md. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'watch_list_version', column: 'content', type: 'json', rowsAtOnce: 1, toSecret: ofJson },
  { table: 'watch_list_version', column: 'note', type: 'json', rowsAtOnce: MANY, toSecret: ofJson },
  { table: 'console_draft', column: 'edits', type: 'json', rowsAtOnce: FEW, toSecret: ofJson },
  { table: 'console_picture', column: 'bytes', type: 'bytea', rowsAtOnce: FEW, toSecret: ofBytes },
  { table: 'console_picture', column: 'fingerprint', type: 'json', rowsAtOnce: SOME, toSecret: ofJson },
  { table: 'blob', column: 'bytes', type: 'bytea', rowsAtOnce: FEW, toSecret: ofBytes },
  { table: 'kept_bytes', column: 'bytes', type: 'bytea', rowsAtOnce: FEW, toSecret: ofBytes },
  { table: 'alert_occurrence', column: 'detection', type: 'json', rowsAtOnce: MANY, toSecret: ofDetection },
  {
    ...{ table: 'suppressed_detection', column: 'detection', type: 'json', rowsAtOnce: MANY },
    where: 'detection IS NOT NULL',
    toSecret: ofDetection,
  },
  { table: 'rescan_finding', column: 'detection', type: 'json', rowsAtOnce: MANY, toSecret: ofDetection },
  {
    ...{ table: 'alert_outbox', column: 'alert', type: 'json', rowsAtOnce: SOME },
    // The database makes an event of an alert's findings, each sealed by itself.
    isMixed: (keyId) => String.raw`alert::text ~ '"detection" ?: ?\{(?!"\$sealed":"${keyId}\.)'`,
    toSecret: ofJson,
  },
  {
    ...{ table: 'review_sample', column: 'post', type: 'json', rowsAtOnce: MANY },
    toSecret: (value) => new SecretJson(JSON.stringify(value), secretPost(PostSchema.parse(value)).clear),
  },
  { table: 'caption_ending', column: 'ending', type: 'json', rowsAtOnce: MANY, toSecret: ofJson },
  {
    ...{ table: 'log_record', column: 'value', type: 'bytea', rowsAtOnce: SOME },
    where: 'octet_length(value) > 0',
    toSecret: ofBytes,
  },
  {
    // A row that is older than encryption has no place to be found by, and is gone within hours.
    ...{ table: 'record_later', column: 'value', type: 'bytea', rowsAtOnce: SOME },
    where: 'place IS NOT NULL',
    toSecret: ofBytes,
  },
];
