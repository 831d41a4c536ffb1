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
    const soon = new Date(lastAt.getTime() + 30_000);
    const late = new Date(lastAt.getTime() + 31_000);
    expect(() => assertLeased('text lane', subscription, soon)).not.toThrow();
    expect(() => assertLeased('text lane', subscription, late)).toThrow(
      'text lane: its lease has expired, no heartbeat for 31 s',
    );
    isAway = false;
    await waitFor('a heartbeat again', () => Promise.resolve(subscription.lastBeatAt() > lastAt));
    await log.close();
  });
});
