import { CreatorSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { assessCoverage, type CoverageInput } from '../../measure/coverage/assess-coverage.ts';

const AT = new Date('2026-11-20T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const ago = (days: number) => new Date(AT.getTime() - days * DAY_MS);
const mara = { id: 'mara', accounts: [{ platform: 'instagram', handle: '@Mara.makes' }] };
const heardMara = (days: number) => ({
  creatorId: 'mara',
  platform: 'instagram',
  instance: 'instagram.com',
  accountId: '17',
  handle: 'mara.makes',
  heardAt: ago(days),
  publishedAt: ago(days),
});

function assess(creators: readonly Record<string, unknown>[], input: Partial<CoverageInput> = {}) {
  return assessCoverage({
    creators: creators.map((creator) => CreatorSchema.parse(creator)),
    tierOf: () => 1,
    heard: [],
    sourcePlatforms: ['instagram'],
    polls: [],
    quietMs: () => 7 * DAY_MS,
    at: AT,
    ...input,
  });
}

describe('Coverage', () => {
  it('accounts for every registered creator', () => {
    const creators = [
      mara,
      { id: 'nobody' },
      { id: 'elsewhere', accounts: [{ platform: 'blog', handle: 'e' }] },
    ];
    expect(assess(creators, { heard: [heardMara(1)] })).toEqual([
      {
        creatorId: 'mara',
        tier: 1,
        state: 'fresh',
        why: 'heard from',
        lastHeardAt: '2026-11-19T12:00:00.000Z',
        awaitsFirstPost: false,
      },
      {
        creatorId: 'nobody',
        tier: 1,
        state: 'uncollectable',
        why: 'no account is registered',
        lastHeardAt: null,
        awaitsFirstPost: false,
      },
      {
        creatorId: 'elsewhere',
        tier: 1,
        state: 'uncollectable',
        why: 'no source reaches blog',
        lastHeardAt: null,
        awaitsFirstPost: true,
      },
    ]);
  });

  it.each([
    [7, 'fresh'],
    [7.01, 'stale'],
  ])('of a creator last heard %d days ago, where a week is allowed: %s', (days, state) => {
    expect(assess([mara], { heard: [heardMara(days)] })[0]?.state).toBe(state);
  });

  it('calls stale who was never heard from, though a source would reach them', () => {
    expect(assess([mara])[0]).toMatchObject({
      state: 'stale',
      why: 'never heard from: instagram @Mara.makes',
      awaitsFirstPost: true,
    });
  });

  it('is stale while one of the accounts is quiet, and says which', () => {
    const accounts = [...mara.accounts, { platform: 'instagram', nativeId: '18' }];
    expect(assess([{ ...mara, accounts }], { heard: [heardMara(1)] })[0]).toMatchObject({
      state: 'stale',
      why: 'quiet for too long: instagram 18',
    });
  });

  it('goes by what is allowed on each platform, and by the creator where the watch list says so', () => {
    const heard = [heardMara(10)];
    expect(assess([mara], { heard, quietMs: () => 30 * DAY_MS })[0]?.state).toBe('fresh');
    expect(assess([{ ...mara, quietHours: 24 * 11 }], { heard })[0]?.state).toBe('fresh');
    expect(assess([{ ...mara, quietHours: 24 }], { heard: [heardMara(2)] })[0]?.state).toBe('stale');
  });

  it('reaches a platform that was heard from, whichever source handed it over', () => {
    const other = { ...heardMara(1), creatorId: 'other', accountId: '99', handle: 'other' };
    expect(assess([mara], { heard: [other], sourcePlatforms: [] })[0]?.state).toBe('stale');
  });

  it('hears an account whose polls succeed without news, and says since when polls fail', () => {
    const address = 'https://a.test/feed';
    const blogger = { id: 'blogger', accounts: [{ platform: 'feed', handle: address }] };
    const poll = { platform: 'feed', account: address, state: 'ok', okAt: ago(1), since: ago(30) };
    const why = (over: Partial<typeof poll>) =>
      assess([blogger], { sourcePlatforms: ['feed'], polls: [{ ...poll, ...over }] })[0];
    expect(why({})?.state).toBe('fresh');
    expect(why({ okAt: ago(8) })).toMatchObject({ state: 'stale', awaitsFirstPost: false });
    expect(why({ state: 'gone', okAt: ago(8), since: ago(3) })).toMatchObject({
      state: 'stale',
      why: `feed ${address} gone since 2026-11-17 12:00 UTC`,
    });
  });
});
