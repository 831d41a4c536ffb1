import { type OutgoingRecord } from '@leakwatch/event-log';
import { type Keeping } from './keep-post.ts';

/** What scanning one post in one lane came to. */
export interface Scan {
  /** Fingerprint, detections and, for a later revision, that it has been scanned. */
  readonly records: readonly OutgoingRecord[];
  /** What could not be scanned; the rest of the post was. */
  readonly failures: readonly ScanFailure[];
  /** What is to be kept before the records go out; null where nothing was found. */
  readonly keeping: Keeping | null;
}

/** How a post came to a lane. */
export interface Circumstances {
  readonly at: Date;
  readonly traceparent: string | undefined;
  /** The bytes of its record, for evidence; null where none is to be kept. */
  readonly value: Uint8Array | null;
}

export interface ScanFailure {
  /** Short and kebab-case, fit for a metric's label. */
  readonly reason: string;
  readonly message: string;
  readonly canRetry: boolean;
}
