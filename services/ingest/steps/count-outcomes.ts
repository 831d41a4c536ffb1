import { isCanaryPost } from '@leakwatch/contracts';
import { platformLabel, type Metrics } from '@leakwatch/runtime';
import { type PublishedBatch } from '../pipeline.ts';
import { STAGE } from './write-dead-letters.ts';

/** Counts of a run so far. */
export interface IngestCounts {
  /** Items that the source handed over. */
  read: number;
  published: number;
  duplicates: number;
  olderRevisions: number;
  /** Posts that could not be taken, and media missing from posts that were. */
  deadLetters: number;
}

export function noCounts(): IngestCounts {
  return { read: 0, published: 0, duplicates: 0, olderRevisions: 0, deadLetters: 0 };
}

/** Adds a batch to the counts. */
export function addCounts(counts: IngestCounts, read: number, { fates, letters }: PublishedBatch): void {
  counts.read += read;
  counts.deadLetters += letters.length;
  for (const fate of fates) {
    if (fate.publish) counts.published += 1;
    else if (fate.reason === 'duplicate') counts.duplicates += 1;
    else counts.olderRevisions += 1;
  }
}

/** Counts a batch's outcomes for Prometheus, without the canary's posts: they would hide that no others come. */
export function countOutcomes(metrics: Metrics, { fates, letters }: PublishedBatch): void {
  for (const fate of fates) {
    if (isCanaryPost(fate.post)) continue;
    if (fate.publish) metrics.postsIngested.inc({ platform: platformLabel(fate.post.platform) });
    else metrics.postsDropped.inc({ reason: fate.reason });
  }
  for (const { reason } of letters) metrics.deadLetters.inc({ stage: STAGE, reason });
  metrics.heartbeat.setToCurrentTime({ stage: STAGE });
}
