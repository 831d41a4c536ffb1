import { setTimeout as sleep } from 'node:timers/promises';
import { type Creator } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { claimDueAccounts, syncAccounts } from '../../queries/account-polls.ts';
import { MediaError, type Source, type SourceItem } from '../source.ts';
import { createFeedFetcher, type FeedLimits } from './fetch-feed.ts';
import { createHostStandings } from './host-standings.ts';
import { FEED_PLATFORM, pollFeed, type PolledFeed } from './poll-feed.ts';

export interface FeedSourceOptions {
  readonly db: Queryable;
  /** The creators of the current watch list; the same array until it changes. */
  readonly creators: () => readonly Creator[];
  readonly clock: () => Date;
  readonly config: FeedLimits & { readonly intervalMs: number };
  /** Runs a query until the database answers. */
  readonly attempt: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/** Feeds fetched at once. */
const AT_ONCE = 8;
const IDLE_MS = 1_000;
/** Longer than a poll and the publication of its posts take. After a crash another process takes the account then. */
const LEASE_MS = 5 * 60_000;

/**
 * A source that polls the feeds of the watch list's creators: accounts of the platform `feed`. The table of polls is the
 * schedule, so processes share the accounts, and a restart goes on where the last one ended.
 */
export function createFeedSource(options: FeedSourceOptions): Source {
  const { db, attempt, config } = options;
  return {
    name: 'feeds',
    transport: 'poll',
    platform: FEED_PLATFORM,
    instance: FEED_PLATFORM,
    openMedia: (file) =>
      Promise.reject(new MediaError('missing-media', `\`${file}\`: feeds hold addresses only`)),
    read: async function* (_checkpoint, signal) {
      const fetcher = createFeedFetcher(config);
      const parts = { fetcher, hosts: createHostStandings(options.clock), intervalMs: config.intervalMs };
      let synced: readonly Creator[] | null = null;
      try {
        while (!signal.aborted) {
          const creators = options.creators();
          if (creators !== synced) {
            await attempt(() => syncAccounts(db, FEED_PLATFORM, feedAccounts(creators)), signal);
            synced = creators;
          }
          const due = await attempt(
            () => claimDueAccounts(db, FEED_PLATFORM, { limit: AT_ONCE, leaseMs: LEASE_MS }),
            signal,
          );
          if (due.length === 0) await sleep(IDLE_MS, undefined, { signal });
          for (const polled of await Promise.all(due.map((one) => pollFeed(one, parts, signal)))) {
            yield* itemsOf(polled);
          }
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await fetcher.close();
      }
    },
  };
}

/** The addresses of the feeds, each once. */
function feedAccounts(creators: readonly Creator[]): string[] {
  const accounts = creators.flatMap((creator) => creator.accounts);
  const feeds = accounts.filter(({ platform }) => platform.toLowerCase() === FEED_PLATFORM);
  return [...new Set(feeds.flatMap(({ nativeId, handle }) => nativeId ?? handle ?? []))];
}

/** The posts, and after them the item that saves the outcome. */
function* itemsOf({ posts, outcome }: PolledFeed): Generator<SourceItem> {
  for (const [index, post] of posts.entries()) {
    yield { place: `${outcome.account}#${index + 1}`, raw: JSON.stringify(post), checkpoint: null };
  }
  yield { place: outcome.account, raw: '', checkpoint: null, poll: outcome };
}
