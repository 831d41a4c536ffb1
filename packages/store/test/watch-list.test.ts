import { WatchListSnapshotSchema, type WatchListSnapshot } from '@leakwatch/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followWatchList } from '../follow-watch-list.ts';
import { loadCurrentWatchList, loadWatchListVersion } from '../queries/load-watch-list.ts';
import { saveWatchList } from '../queries/save-watch-list.ts';
import { openTestStore, type TestStore } from '../testing.ts';
import { eventually } from './support/eventually.ts';

const TERM = 'Zéro\u0000-\ud800 “Aurora” 🎧';

function content(term: string, policy: Record<string, unknown> = {}) {
  const { campaigns, creators } = WatchListSnapshotSchema.parse({
    schemaVersion: 1,
    version: 1,
    createdAt: '2026-11-22T09:00:00Z',
    campaigns: [
      {
        id: 'aurora',
        name: 'Aurora headphones',
        embargo: { liftsAt: '2026-12-01T09:00:00+01:00' },
        terms: [{ id: 'name', text: term, policy }],
        assets: [{ id: 'render', file: 'render.png', sha256: 'ab', engine: 'pdq-1', fingerprint: 'AAAA' }],
      },
    ],
    creators: [{ id: 'mina', accounts: [{ platform: 'mock', handle: 'mina' }] }],
  });
  return { campaigns, creators };
}

describe('the watch list', () => {
  let store: TestStore;
  beforeEach(async () => {
    store = await openTestStore();
  });
  afterEach(() => store.drop());

  const save = (term: string, policy?: Record<string, unknown>) =>
    store.transaction((tx) => saveWatchList(tx, content(term, policy)));

  it('is kept version by version, character by character', async () => {
    expect(await loadCurrentWatchList(store.pool)).toBeNull();
    const first = await save(TERM);
    const second = await save('other');
    expect([first.version, second.version]).toEqual([1, 2]);
    expect(WatchListSnapshotSchema.parse(first)).toEqual(first);
    expect(first.campaigns).toEqual(content(TERM).campaigns);
    expect(await loadWatchListVersion(store.pool, 1)).toEqual(first);
    expect(await loadCurrentWatchList(store.pool)).toEqual(second);
    expect(await loadWatchListVersion(store.pool, 3)).toBeNull();
  });

  it('gets no new version by an import of what it says already, but one by going back', async () => {
    const first = await save('same', { a: 1, b: { c: 2, d: [3, 4] } });
    expect(await save('same', { b: { d: [3, 4], c: 2 }, a: 1 })).toEqual(first);
    expect((await save('same', { b: { d: [4, 3], c: 2 }, a: 1 })).version).toBe(2);
    expect((await save('same', { a: 1, b: { c: 2, d: [3, 4] } })).version).toBe(3);
  });

  it('gets each version once when many import at the same moment', async () => {
    const saved = await Promise.all(['a', 'b', 'c', 'd', 'd'].map((term) => save(term)));
    const versions = new Set(saved.map((snapshot) => snapshot.version));
    expect(Math.max(...versions)).toBe((await loadCurrentWatchList(store.pool))?.version);
    expect([...versions].sort((a, b) => a - b)).toEqual(Array.from(versions, (_, index) => index + 1));
  });

  describe('followed', () => {
    const failOn = (error: Error) => {
      throw error;
    };

    it('comes at once, and each newer one after it', async () => {
      await save('first');
      const seen: number[] = [];
      const follower = await followWatchList(store, ({ version }) => void seen.push(version), {
        onError: failOn,
        // Too long for the poll: only NOTIFY can bring the second.
        pollMs: 3_600_000,
      });
      expect(seen).toEqual([1]);
      await save('second');
      await eventually(() => expect(seen).toEqual([1, 2]));
      await follower.stop();
      await save('third');
      expect(seen).toEqual([1, 2]);
    });

    it('comes with the first import where there was none', async () => {
      const seen: WatchListSnapshot[] = [];
      const follower = await followWatchList(store, (snapshot) => void seen.push(snapshot), {
        onError: failOn,
      });
      expect(seen).toEqual([]);
      const saved = await save('first');
      await eventually(() => expect(seen).toEqual([saved]));
      await follower.stop();
    });

    it('comes by the poll when the notice is lost', async () => {
      const seen: number[] = [];
      const deaf = { pool: store.pool, listen: () => Promise.resolve(() => Promise.resolve()) };
      const follower = await followWatchList(deaf, ({ version }) => void seen.push(version), {
        onError: failOn,
        pollMs: 20,
      });
      await save('first');
      await eventually(() => expect(seen).toEqual([1]));
      await follower.stop();
    });

    it('never goes back, never overlaps, and ends at the newest', async () => {
      const seen: number[] = [];
      let running = 0;
      const follower = await followWatchList(
        store,
        async ({ version }) => {
          running += 1;
          expect(running).toBe(1);
          await store.ping();
          seen.push(version);
          running -= 1;
        },
        { onError: failOn },
      );
      for (let round = 0; round < 20; round += 1) await save(`round ${round}`);
      await eventually(() => expect(seen.at(-1)).toBe(20));
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
      await follower.stop();
    });

    it('has no problem any more once the database answers again, though no newer one came', async () => {
      await save('first');
      let isAway = false;
      const pool = new Proxy(store.pool, {
        get: (target, name): unknown =>
          isAway && name === 'query' ? () => Promise.reject(new Error('away')) : Reflect.get(target, name),
      });
      const follower = await followWatchList(
        { pool, listen: (...args) => store.listen(...args) },
        () => undefined,
        {
          onError: () => undefined,
          pollMs: 20,
        },
      );
      isAway = true;
      await eventually(() => expect(follower.problem()?.message).toBe('away'));
      isAway = false;
      await eventually(() => expect(follower.problem()).toBe(null));
      await follower.stop();
    });

    it('comes again after it could not be taken, which is reported', async () => {
      const errors: string[] = [];
      const taken: number[] = [];
      const follower = await followWatchList(
        store,
        ({ version }) => {
          if (errors.length === 0) throw new Error('not now');
          taken.push(version);
        },
        { onError: (error) => void errors.push(error.message) },
      );
      await save('first');
      await eventually(() => expect(taken).toEqual([1]));
      expect(errors).toEqual(['not now']);
      await follower.stop();
    });

    it('is tried ever more rarely while it is refused, and a newer one at once', async () => {
      await save('small');
      const tried: number[] = [];
      const taken: number[] = [];
      let looks = 0;
      const pool = new Proxy(store.pool, {
        get: (target, name): unknown => {
          if (name === 'query') looks += 1;
          return Reflect.get(target, name);
        },
      });
      const follower = await followWatchList(
        { pool, listen: (...args) => store.listen(...args) },
        ({ version }) => {
          tried.push(version);
          if (version === 2) throw new Error('too large');
          taken.push(version);
        },
        { onError: () => undefined, pollMs: 5 },
      );
      await save('too many terms');
      await eventually(() => expect(looks).toBeGreaterThan(200));
      expect(tried.length).toBeLessThan(looks / 5);
      expect(tried.length).toBeGreaterThan(3);
      expect(follower.problem()?.message).toBe('too large');

      await save('small again');
      await eventually(() => expect(taken).toEqual([1, 3]));
      await eventually(() => expect(follower.problem()).toBe(null));
      await follower.stop();
    });
  });
});
