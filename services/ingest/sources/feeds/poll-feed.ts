import { type SubmittedPost } from '@leakwatch/contracts';
import { type DueAccount, type PollOutcome } from '../../queries/account-polls.ts';
import { discoverFeed } from './discover-feed.ts';
import { type FeedDocument, type FeedFetcher, type FetchedFeed } from './fetch-feed.ts';
import { type createHostStandings } from './host-standings.ts';
import { NoFeedError, readEntries } from './read-entries.ts';

export const FEED_PLATFORM = 'feed';

export interface PolledFeed {
  readonly posts: readonly SubmittedPost[];
  readonly outcome: PollOutcome;
}

export interface PollParts {
  readonly fetcher: FeedFetcher;
  readonly hosts: ReturnType<typeof createHostStandings>;
  readonly intervalMs: number;
}

const LONGEST_WAIT_MS = 6 * 3_600_000;
const NO_VALIDATORS = { etag: null, lastModified: null };

/** Polls one feed. Failures are an outcome; it rejects only if the signal is aborted. */
export async function pollFeed(due: DueAccount, parts: PollParts, signal: AbortSignal): Promise<PolledFeed> {
  const url = due.resolvedUrl ?? due.account;
  if (!URL.canParse(url)) return failed(due, parts, { problem: 'the address is no web address' });
  const { host } = new URL(url);
  const restMs = parts.hosts.restMs(host);
  if (restMs > 0) {
    return failed(due, parts, { problem: 'its host is left alone after failures', retryAfterMs: restMs });
  }
  const fetched = await parts.fetcher.fetch(url, due, signal);
  note(parts, host, fetched);
  if (fetched.kind === 'failed') return failed(due, parts, fetched);
  if (fetched.kind === 'unchanged') return { posts: [], outcome: succeeded(due, parts, due) };
  return readDocument(due, fetched, parts, signal);
}

/** Reads a document as a feed, or looks for a feed that the page names. */
async function readDocument(
  due: DueAccount,
  page: FeedDocument,
  parts: PollParts,
  signal: AbortSignal,
): Promise<PolledFeed> {
  try {
    return read(due, page, due.resolvedUrl, parts);
  } catch (error) {
    if (!(error instanceof NoFeedError)) throw error;
    const found = due.resolvedUrl === null ? discoverFeed(page.text, page.url) : null;
    if (found === null) return failed({ ...due, resolvedUrl: null }, parts, { problem: error.message });
    const fetched = await parts.fetcher.fetch(found, NO_VALIDATORS, signal);
    note(parts, new URL(found).host, fetched);
    if (fetched.kind === 'failed') return failed(due, parts, fetched);
    if (fetched.kind === 'unchanged') return failed(due, parts, { problem: 'the host answered 304 unasked' });
    try {
      return read(due, fetched, found, parts);
    } catch (unreadable) {
      if (!(unreadable instanceof NoFeedError)) throw unreadable;
      return failed(due, parts, { problem: unreadable.message });
    }
  }
}

function read(
  due: DueAccount,
  document: FeedDocument,
  resolvedUrl: string | null,
  parts: PollParts,
): PolledFeed {
  const posts = readEntries(document.text, due.account, document.url);
  return { posts, outcome: succeeded({ ...due, resolvedUrl }, parts, document) };
}

function note({ hosts }: PollParts, host: string, fetched: FetchedFeed): void {
  if (fetched.kind !== 'failed') hosts.noteSuccess(host);
  else if (fetched.isHosts) hosts.noteFailure(host, fetched.retryAfterMs);
}

function succeeded(
  due: DueAccount,
  { intervalMs }: PollParts,
  { etag, lastModified }: { etag: string | null; lastModified: string | null },
): PollOutcome {
  // Spreads accounts that were added together.
  const waitMs = Math.round(intervalMs * (0.9 + 0.2 * Math.random()));
  return {
    ...due,
    platform: FEED_PLATFORM,
    etag,
    lastModified,
    failures: 0,
    state: 'ok',
    problem: null,
    waitMs,
  };
}

function failed(
  due: DueAccount,
  { intervalMs }: PollParts,
  {
    problem,
    state = 'failing',
    retryAfterMs = null,
  }: { problem: string; state?: PollOutcome['state']; retryAfterMs?: number | null },
): PolledFeed {
  const failures = due.failures + 1;
  const most = Math.min(intervalMs * 2 ** Math.min(failures, 20), LONGEST_WAIT_MS);
  // Half of the wait is at random: accounts of one host do not come back together.
  const waitMs = Math.round(Math.max(retryAfterMs ?? 0, intervalMs) + most * Math.random());
  return {
    posts: [],
    outcome: { ...due, platform: FEED_PLATFORM, failures, state, problem, waitMs },
  };
}
