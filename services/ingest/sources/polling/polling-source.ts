import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pollKey, type Account, type Tier, type WatchListSnapshot } from '@leakwatch/contracts';
import { platformLabel, startLoop, type Metrics } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { claimDueAccounts, releaseAccount, renewLeases, syncAccounts } from '../../queries/account-polls.ts';
import { loadClosestTiers } from '../../queries/load-closest-tiers.ts';
import { listenTo } from './listen-to.ts';
import { MediaError, type Source, type SourceItem } from '../source.ts';
import { type PollingConnector } from './connector.ts';
import { paceOf } from './pace.ts';
import { pollAccount, type PolledAccount } from './poll-account.ts';

/** The parts of the watch list that polls need. */
export type PolledList = Pick<WatchListSnapshot, 'campaigns' | 'creators'>;

export interface PollingSourceOptions {
  readonly db: Queryable;
  readonly metrics: Pick<Metrics, 'polls'>;
  /** The current watch list; the same object until it changes. */
  readonly watchList: () => PolledList;
  readonly clock: () => Date;
  /** Runs a query until the database answers. */
  readonly attempt: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

interface Target {
  readonly account: Account;
  readonly pace: number;
}

/** The accounts of a watch list, as the table of polls has them. */
interface Synced {
  readonly list: PolledList;
  readonly at: number;
  readonly targets: ReadonlyMap<string, Target>;
}

/** Accounts polled at once. */
const AT_ONCE = 8;
const IDLE_MS = 1_000;
/** Tiers and embargoes change without a new watch list. */
const PACES_KEPT_MS = 5 * 60_000;
/** After a crash another process takes the accounts then. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

/**
 * A source that polls the accounts which the watch list has on a connector's platform. The table of polls is the schedule, so
 * processes share the accounts, and a restart goes on where the last one ended.
 */
export function createPollingSource(connector: PollingConnector, options: PollingSourceOptions): Source {
  const { db, attempt, clock, metrics } = options;
  const { name, platform } = connector;
  const holder = randomUUID();

  const sync = async (list: PolledList, now: Date, signal: AbortSignal): Promise<Synced> => {
    const tiers = await attempt(() => loadClosestTiers(db), signal);
    const targets = targetsOf(platform, list, { tiers, now });
    await attempt(() => syncAccounts(db, platform, [...targets.keys()]), signal);
    return { list, at: now.getTime(), targets };
  };

  return {
    name,
    transport: 'poll',
    platform,
    instance: platform,
    openMedia: (file) =>
      Promise.reject(new MediaError('missing-media', `\`${file}\`: ${name} give addresses only`)),
    read: async function* (checkpoint, signal) {
      const listening = listenTo(connector, checkpoint, { db, attempt, clock });
      const renewing = startLoop({
        // A failure costs nothing: the lease is taken again, or another process has it.
        turn: () => renewLeases(db, { holder, leaseMs: LEASE_MS }).then(() => false),
        onError: () => undefined,
        pollMs: RENEW_MS,
        backOff: { firstMs: 1_000, longestMs: RENEW_MS },
      });
      const underWay = new Map<string, Promise<PolledAccount>>();
      let synced: Synced | null = null;
      try {
        while (!signal.aborted) {
          const list = options.watchList();
          const now = clock();
          if (synced?.list !== list || now.getTime() - synced.at > PACES_KEPT_MS)
            synced = await sync(list, now, signal);
          const { targets }: Synced = synced;
          await listening.follow(targets, signal);
          await listening.hear(signal);
          const limit = AT_ONCE - underWay.size;
          const claim = () => claimDueAccounts(db, platform, { limit, leaseMs: LEASE_MS, holder });
          for (const due of limit === 0 ? [] : await attempt(claim, signal)) {
            const target = targets.get(due.account);
            if (target === undefined) {
              // The row is of another process that has another version of the list.
              await attempt(() => releaseAccount(db, platform, due.account), signal);
              continue;
            }
            const streamed = listening.begin(due.account);
            const paced = { ...target, ...streamed, due };
            underWay.set(due.account, pollAccount(connector, paced, clock, signal));
          }
          const polled = await firstOf([...underWay.values()], listening.heard(), signal);
          if (polled === null) continue;
          const { outcome } = polled;
          underWay.delete(outcome.account);
          listening.end(polled, targets.get(outcome.account)?.account);
          metrics.polls.inc({ platform: platformLabel(platform), outcome: outcome.state ?? 'postponed' });
          yield* itemsOf(polled, listening.checkpoint());
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await Promise.allSettled(underWay.values());
        await renewing.stop();
        await listening.stop();
        await connector.close();
      }
    },
  };
}

/** The first poll that ends; null if none ends for a while, or before the stream tells of something. */
async function firstOf(
  polls: readonly Promise<PolledAccount>[],
  heard: Promise<void> | null,
  signal: AbortSignal,
): Promise<PolledAccount | null> {
  const ended = new AbortController();
  const idle = sleep(IDLE_MS, null, { signal: AbortSignal.any([signal, ended.signal]) }).catch(() => null);
  try {
    const told = heard === null ? [] : [heard.then(() => null)];
    return await Promise.race([...polls, ...told, idle]);
  } finally {
    ended.abort();
  }
}

function targetsOf(
  platform: string,
  { campaigns, creators }: PolledList,
  { tiers, now }: { tiers: ReadonlyMap<string, Tier>; now: Date },
): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  for (const creator of creators) {
    for (const account of creator.accounts) {
      if (account.platform.toLowerCase() !== platform) continue;
      const key = pollKey(account);
      const pace = paceOf(creator, { campaigns, tiers, now });
      if (!targets.has(key)) targets.set(key, { account, pace });
    }
  }
  return targets;
}

/** The posts, and after them the item that saves the outcome and the place of the stream. */
function* itemsOf({ posts, outcome }: PolledAccount, checkpoint: string | null): Generator<SourceItem> {
  for (const [index, post] of posts.entries()) {
    yield { place: `${outcome.account}#${index + 1}`, raw: JSON.stringify(post), checkpoint: null };
  }
  yield { place: outcome.account, raw: '', checkpoint, poll: outcome };
}
