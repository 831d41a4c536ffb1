/** Assesses whether each registered creator is heard: fresh, stale or uncollectable. */
import { pollKey, type Account, type Creator, type CreatorCoverage, type Tier } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import { type AccountPoll } from '../queries/list-account-polls.ts';
import { type HeardAccount } from '../queries/note-heard-accounts.ts';

export interface CoverageInput {
  /** Every registered creator. */
  readonly creators: readonly Creator[];
  readonly tierOf: (creator: Creator) => Tier;
  readonly heard: readonly HeardAccount[];
  /** Platforms that a source hands posts over for. Platforms heard from before count too. */
  readonly sourcePlatforms: readonly string[];
  /** The accounts that ingest polls. */
  readonly polls: readonly AccountPoll[];
  /** How long an account of a platform may be quiet. */
  readonly quietMs: (platform: string) => number;
  readonly at: Date;
}

/** Gives one line per creator, in the order of the watch list. */
export function assessCoverage(input: CoverageInput): CreatorCoverage[] {
  const reachable = new Set([...input.sourcePlatforms, ...input.heard.map(({ platform }) => platform)]);
  const pollsByAccount = new Map(input.polls.map((poll) => [keyOf(poll.platform, poll.account), poll]));
  const pollOf = (account: Account) =>
    pollsByAccount.get(keyOf(account.platform.toLowerCase(), pollKey(account)));
  const heardOf = new Map<string, HeardAccount[]>();
  for (const account of input.heard) {
    heardOf.set(account.creatorId, [...(heardOf.get(account.creatorId) ?? []), account]);
  }
  return input.creators.map((creator) => {
    const tier = input.tierOf(creator);
    const accounts = creator.accounts.filter(({ platform }) => reachable.has(platform));
    if (accounts.length === 0) {
      return {
        creatorId: creator.id,
        tier,
        state: 'uncollectable',
        why: whyUnreached(creator),
        lastHeardAt: null,
        awaitsFirstPost: creator.accounts.length > 0,
      };
    }
    return {
      creatorId: creator.id,
      ...assessHeard(creator, accounts, heardOf.get(creator.id) ?? [], { ...input, pollOf }),
      tier,
    };
  });
}

function whyUnreached({ accounts }: Creator): string {
  if (accounts.length === 0) return 'no account is registered';
  const platforms = [...new Set(accounts.map(({ platform }) => platform))].join(', ');
  return `no source reaches ${platforms}`;
}

/** Fresh if none of the reachable accounts is quiet for too long. */
function assessHeard(
  creator: Creator,
  accounts: readonly Account[],
  heard: readonly HeardAccount[],
  { at, quietMs, pollOf }: CoverageInput & { pollOf: (account: Account) => AccountPoll | undefined },
): Pick<CreatorCoverage, 'state' | 'why' | 'lastHeardAt' | 'awaitsFirstPost'> {
  const last = heard.reduce<Date | null>(
    (latest, { heardAt }) => (latest === null || heardAt > latest ? heardAt : latest),
    null,
  );
  const quiet = accounts.filter((account) => {
    const own = heard.filter((one) => isAccount(one, account)).map(({ heardAt }) => heardAt.getTime());
    const allowedMs =
      creator.quietHours === undefined ? quietMs(account.platform) : creator.quietHours * HOUR_MS;
    // A poll that brings nothing new has heard the account, too.
    const polled = pollOf(account)?.okAt?.getTime() ?? -Infinity;
    return at.getTime() - Math.max(polled, ...own) > allowedMs;
  });
  const about = {
    lastHeardAt: last?.toISOString() ?? null,
    awaitsFirstPost: last === null && accounts.every((account) => (pollOf(account)?.okAt ?? null) === null),
  };
  const failing = accounts.flatMap((account) => {
    const poll = pollOf(account);
    return poll === undefined || isWell(poll) ? [] : [`${nameOf(account)} ${describePoll(poll)}`];
  });
  if (quiet.length === 0) {
    return { state: 'fresh', why: ['heard from', ...failing].join('; '), ...about };
  }
  if (failing.length > 0) return { state: 'stale', why: failing.join('; '), ...about };
  const never = heard.length === 0 ? 'never heard from' : 'quiet for too long';
  return { state: 'stale', why: `${never}: ${quiet.map(nameOf).join(', ')}`, ...about };
}

const HOUR_MS = 3_600_000;

function keyOf(platform: string, account: string): string {
  return `${platform}\n${account}`;
}

function isWell({ state }: AccountPoll): boolean {
  return state === 'ok' || state === 'new';
}

function describePoll({ state, since }: AccountPoll): string {
  return `${state} since ${formatMinute(since)}`;
}

/** Matches like ingest: by the native id, or else by the handle. */
function isAccount(heard: HeardAccount, { platform, instance, nativeId, handle }: Account): boolean {
  if (heard.platform !== platform) return false;
  if (instance !== undefined && heard.instance !== instance) return false;
  return (
    heard.accountId === nativeId || (handle !== undefined && foldHandle(heard.handle) === foldHandle(handle))
  );
}

function foldHandle(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase();
}

function nameOf({ platform, handle, nativeId }: Account): string {
  return `${platform} ${handle ?? nativeId ?? ''}`;
}
