import { CreatorSchema, TierSchema, type WatchListSnapshot } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { NEVER_POLLED } from '../queries/account-polls.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { paceOf, quietFactor } from '../sources/polling/pace.ts';
import { pollAccount } from '../sources/polling/poll-account.ts';
import { quotaRestMs, retryAfterMsOf } from '../sources/polling/rate-headers.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);
const DAY_MS = 24 * 3_600_000;

describe('the budget of a host', () => {
  it('lets a burst through, then so many a minute, and no more after a long quiet time', () => {
    let now = NOW;
    const hosts = createHosts(() => now, { perMinute: 60, burst: 3 });
    const admitted = () => {
      let count = 0;
      while (hosts.admit('a').kind === 'admitted') count += 1;
      return count;
    };
    expect(admitted()).toBe(3);
    expect(hosts.admit('a')).toEqual({ kind: 'over-budget', waitMs: 1000 });
    expect(hosts.admit('b')).toEqual({ kind: 'admitted' });
    now = at(2_000);
    expect(admitted()).toBe(2);
    now = at(3_600_000);
    expect(admitted()).toBe(3);
    // A clock that is put back gives nothing.
    now = NOW;
    expect(admitted()).toBe(0);
  });

  it('is not touched while the host rests; the longest rest counts', () => {
    let now = NOW;
    const hosts = createHosts(() => now, { perMinute: 60, burst: 3 });
    hosts.noteFailure('a', 60_000);
    hosts.rest('a', 5_000);
    expect(hosts.admit('a')).toEqual({ kind: 'resting', waitMs: 60_000 });
    now = at(60_000);
    expect(hosts.admit('a')).toEqual({ kind: 'admitted' });
  });

  it('opens the circuit after five failures in a row only', () => {
    const hosts = createHosts(() => NOW, { perMinute: 60, burst: 3 });
    for (let failures = 0; failures < 4; failures += 1) hosts.noteFailure('a', null);
    hosts.noteSuccess('a');
    for (let failures = 0; failures < 4; failures += 1) hosts.noteFailure('a', null);
    expect(hosts.admit('a').kind).toBe('admitted');
    hosts.noteFailure('a', null);
    expect(hosts.admit('a')).toEqual({ kind: 'resting', waitMs: 60_000 });
  });
});

describe('headers of a rate limit', () => {
  const now = NOW.getTime();

  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': at(90_000).toUTCString() }, 90_000],
    [{ 'x-ratelimit-reset': at(30_000).toISOString() }, 30_000],
    [{ 'ratelimit-reset': String(at(45_000).getTime() / 1000) }, 45_000],
    [{ 'ratelimit-reset': '45' }, 45_000],
    [{ 'retry-after': '5', 'x-ratelimit-reset': at(30_000).toISOString() }, 5_000],
    [{ 'retry-after': at(-90_000).toUTCString() }, 0],
    [{ 'retry-after': '99999999' }, DAY_MS],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j ask for %s ms', (headers, expected) => {
    expect(retryAfterMsOf(headers, now)).toBe(expected);
  });

  it.each([
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': at(30_000).toISOString() }, 30_000],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '7' }, 7_000],
    [{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': at(30_000).toISOString() }, null],
    [{ 'x-ratelimit-remaining': '0' }, null],
    [{ 'x-ratelimit-reset': at(30_000).toISOString() }, null],
  ])('%j leave room, or not: %s', (headers, expected) => {
    expect(quotaRestMs(headers, now)).toBe(expected);
  });
});

describe('the pace of a creator', () => {
  const creator = CreatorSchema.parse({ id: 'ana', accounts: [] });
  const campaign = (parts: object): WatchListSnapshot['campaigns'][number] => ({
    id: 'c',
    name: 'C',
    sensitivity: 'high',
    terms: [],
    assets: [],
    approvedPosts: [],
    ...parts,
  });
  const secret = campaign({ embargo: { liftsAt: at(DAY_MS).toISOString() } });

  it.each([
    ['an embargo', [secret], 1, 1],
    ['an embargo and tier 5, the trusted partners', [secret], 5, 1],
    ['an embargo and tier 4', [secret], 4, 0.5],
    ['a campaign that stays secret', [campaign({})], 3, 1],
    ['a lifted embargo', [campaign({ embargo: { liftsAt: NOW.toISOString() } })], 4, 4],
    ['a campaign of others', [campaign({ creators: ['ben'] })], 4, 4],
    [
      'a campaign of theirs among others',
      [campaign({ creators: ['ben'] }), campaign({ creators: ['ana'] })],
      1,
      1,
    ],
    ['no campaign', [], 5, 4],
  ])('with %s', (_what, campaigns, tier, expected) => {
    expect(paceOf(creator, { campaigns, tiers: new Map([['ana', TierSchema.parse(tier)]]), now: NOW })).toBe(
      expected,
    );
  });

  it.each([
    [0, 1],
    [-6 * DAY_MS, 1],
    [-7 * DAY_MS, 2],
    [-29 * DAY_MS, 2],
    [-30 * DAY_MS, 4],
  ])('after %s ms of silence', (ms, expected) => {
    expect(quietFactor(at(ms), NOW)).toBe(expected);
  });

  it('is the slowest for an account that never posted', () => {
    expect(quietFactor(null, NOW)).toBe(4);
  });

  it.each([
    ['polled as often as ever', false, 54_000, 66_000],
    ['polled ten times less often', true, 540_000, 660_000],
  ])('whose account is streamed or not is %s', async (_what, isStreamed, atLeast, atMost) => {
    const connector = {
      name: 'x',
      platform: 'x',
      intervalMs: 60_000,
      poll: () => Promise.resolve({ kind: 'ok' as const, posts: [], place: {} }),
      close: () => Promise.resolve(),
    };
    const target = {
      account: { platform: 'x', handle: 'ana' },
      due: { ...NEVER_POLLED, account: 'ana', postedAt: NOW },
      pace: 1,
      isStreamed: () => isStreamed,
    };
    const { outcome } = await pollAccount(connector, target, () => NOW, new AbortController().signal);
    expect(outcome.waitMs).toBeGreaterThanOrEqual(atLeast);
    expect(outcome.waitMs).toBeLessThanOrEqual(atMost);
  });
});
