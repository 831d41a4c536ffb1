import { type IngestApp, type IngestSummary } from '@leakwatch/ingest';
import { type DemoFeed } from './serve-feed.ts';

/** Polls the demo's feed, publishes its newest entry once the others are heard, and ends when that is heard, too. */
export async function hearFeed(
  ingest: IngestApp,
  feed: DemoFeed,
  signal: AbortSignal,
): Promise<readonly IngestSummary[]> {
  const heard = new AbortController();
  return ingest.runPolls({
    signal: AbortSignal.any([heard.signal, signal]),
    onProgress: ({ read }) => {
      if (read === feed.entries - 1) feed.publishNewest();
      if (read >= feed.entries) heard.abort();
    },
  });
}
