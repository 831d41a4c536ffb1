import { type OutgoingRecord } from '@leakwatch/event-log';
import { type Keeping } from './keep-post.ts';

/** The result of scanning one post in one lane. */
export interface Scan {
  /** Fingerprint, detections and, for a later revision, that it has been scanned. */
  readonly records: readonly OutgoingRecord[];
  /** Parts of the post that could not be scanned. */
  readonly failures: readonly ScanFailure[];
  /** The post to keep before the records go out; null if nothing was found. */
  readonly keeping: Keeping | null;
}

/** How a post came to a lane. */
export interface Circumstances {
  readonly at: Date;
  readonly traceparent: string | undefined;
  /** The record's bytes, for evidence; null if none is kept. */
  readonly value: Uint8Array | null;
}

export interface ScanFailure {
  /** Short and kebab-case, fit for a metric's label. */
  readonly reason: string;
  readonly message: string;
  readonly canRetry: boolean;
  /** The host that did not give the picture; null if no host is at fault. */
  readonly waitsFor: string | null;
}
