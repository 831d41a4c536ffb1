import { type SubmittedPost } from '@leakwatch/contracts';
import { type IngestConfig } from '../../config.ts';
import { type PollOutcome } from '../../queries/account-polls.ts';
import { createFeedFetcher } from './fetch-feed.ts';
import { createHostStandings } from './host-standings.ts';
import { pollFeed } from './poll-feed.ts';

export interface CheckedFeed {
  readonly outcome: PollOutcome;
  readonly posts: number;
  /** The newest post as ingest would take it; null without one. */
  readonly newest: SubmittedPost | null;
}

/** Polls one address as ingest would, and keeps nothing of it. */
export async function checkFeed(address: string, config: IngestConfig['feeds']): Promise<CheckedFeed> {
  const fetcher = createFeedFetcher(config);
  try {
    const due = { account: address, resolvedUrl: null, etag: null, lastModified: null, failures: 0 };
    const parts = { fetcher, hosts: createHostStandings(() => new Date()), intervalMs: config.intervalMs };
    const { posts, outcome } = await pollFeed(due, parts, new AbortController().signal);
    return { outcome, posts: posts.length, newest: posts.at(-1) ?? null };
  } finally {
    await fetcher.close();
  }
}
