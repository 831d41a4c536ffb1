import { type OutgoingRecord } from '@leakwatch/event-log';

/** What scanning one post in one lane came to. */
export interface Scan {
  /** Fingerprint, detections and, for a later revision, that it has been scanned. */
  readonly records: readonly OutgoingRecord[];
  /** What could not be scanned; the rest of the post was. */
  readonly failures: readonly ScanFailure[];
}

export interface ScanFailure {
  /** Short and kebab-case, fit for a metric's label. */
  readonly reason: string;
  readonly message: string;
  readonly canRetry: boolean;
}
