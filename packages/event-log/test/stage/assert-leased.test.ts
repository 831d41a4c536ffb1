import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueName, waitFor } from '../../contract-tests/harness.ts';
import { assertLeased, type Subscription } from '../../index.ts';
import { createPostgresEventLog } from '../../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

describe('a member of a group that does not get on', () => {
  const fine = { forMs: 0, reason: null };
  const delays = { beat: fine, look: fine, progress: fine };
  const late = (forMs: number) => ({ forMs, reason: 'posts/3 at 500 is past its end, 3' });

  it.each([
    ['look', 60_000, /^lane: the log could not be read for 61 s: posts\/3/],
    ['progress', 600_000, /^lane: records wait, and none was finished for 601 s: posts\/3 at 500 is past/],
  ] as const)('is not ready: %s', (what, patienceMs, says) => {
    const after = (forMs: number) => ({ delays: () => ({ ...delays, [what]: late(forMs) }) });
    expect(() => assertLeased('lane', after(patienceMs))).not.toThrow();
    expect(() => assertLeased('lane', after(patienceMs + 1000))).toThrow(says);
  });
});

describe('a member of a group', () => {
  it('is told to be alive by each heartbeat that the log confirms, and by no other', async () => {
    const topic = uniqueName('topic');
    let isAway = false;
    const database = logDatabaseOf(store);
    const log = await createPostgresEventLog({
      ...TEST_SETTINGS,
      leaseMs: 150,
      topics: [topic],
      partitions: 1,
      database: {
        ...database,
        query: (text, values) =>
          isAway ? Promise.reject(new Error('the database is away')) : database.query(text, values),
      },
    });
    const subscription: Subscription = await log.subscribe({
      group: uniqueName('group'),
      topics: [topic],
      startAt: 'earliest',
      handle: () => Promise.resolve(),
      onError: () => undefined,
    });
    const joinedAt = subscription.lastBeatAt();
    await waitFor('another heartbeat', () => Promise.resolve(subscription.lastBeatAt() > joinedAt));

    isAway = true;
    // One that was under way may still come home.
    const cutAt = Date.now() + 1000;
    await waitFor('a silence', () => Promise.resolve(Date.now() > cutAt));
    const lastAt = subscription.lastBeatAt();
    expect(lastAt.getTime()).toBeLessThan(cutAt);
    const delays = subscription.delays();
    expect(delays.beat.forMs).toBeGreaterThan(0);
    expect(delays.beat.reason).toMatch(/the database is away/);
    const silentFor = (forMs: number) => ({ delays: () => ({ ...delays, beat: { ...delays.beat, forMs } }) });
    expect(() => assertLeased('text lane', silentFor(30_000))).not.toThrow();
    expect(() => assertLeased('text lane', silentFor(31_000))).toThrow(
      /^text lane: its lease has expired, no heartbeat for 31 s: .*the database is away/,
    );
    isAway = false;
    await waitFor('a heartbeat again', () => Promise.resolve(subscription.lastBeatAt() > lastAt));
    await log.close();
  });
});
