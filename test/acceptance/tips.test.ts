/** The commands that an analyst types after somebody has reported a leak. */
import { saveWatchList } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const LINK = 'https://example.org/p/1';

let store: TestStore;
const leakwatch = (...args: string[]) =>
  runLeakwatch(args, { env: { DATABASE_URL: store.connectionString } });

beforeAll(async () => {
  store = await openTestStore();
  const content = {
    campaigns: [
      { id: 'c', name: 'C', sensitivity: 'normal' as const, terms: [], assets: [], approvedPosts: [] },
    ],
    creators: [],
  };
  await store.transaction((tx) => saveWatchList(tx, content));
});
afterAll(() => store.drop());

it(
  'An analyst notes a tip, reviews it, and sees how many tips were leaks',
  { timeout: 120_000 },
  async () => {
    expect((await leakwatch('tips')).stderr).toContain('no tips');
    const nothing = await leakwatch('tips', 'add', '--seen', 'a bottle');
    expect(nothing).toMatchObject({ code: 2, stdout: '' });
    expect(nothing.stderr).toContain('links: must name a post');

    const added = await leakwatch(
      ...['tips', 'add', '--link', LINK, '--seen', 'the new bottle', '--class', 'peer', '--by', 'ann'],
    );
    const [, id = ''] = /^tip ([0-9a-f]{8}): waiting$/m.exec(added.stdout) ?? [];
    const listed = await leakwatch('tips', 'list');
    expect(listed.stdout).toMatch(new RegExp(`${id} .*peer .*ann .*waiting`));
    expect(listed.stdout).not.toMatch(/example\.org|bottle/);
    expect((await leakwatch('tips', 'list', '--details')).stdout).toMatch(/example\.org.*the new bottle/);

    expect((await leakwatch('review', 'next')).stderr).toContain('nothing waits for review');
    await store.pool.query(`UPDATE tip SET state = 'queued'`);
    const next = await leakwatch('review', 'next', '--by', 'ann');
    expect(next.stdout).toMatch(/the new bottle/);
    expect(next.stderr).toContain(`leakwatch tips decide ${id} --verdict leak`);

    expect(await leakwatch('tips', 'decide', id)).toMatchObject({ code: 2 });
    expect(await leakwatch('tips', 'decide', id, '--verdict', 'innocent', '--campaign', 'c')).toMatchObject({
      code: 2,
    });
    const decided = await leakwatch(
      'tips',
      'decide',
      id,
      '--verdict',
      'leak',
      '--campaign',
      'c',
      '--by',
      'ann',
    );
    expect(decided).toMatchObject({ code: 0, stdout: `tip ${id}: leak\n` });
    expect(decided.stderr).toContain('no alert has this leak');
    expect((await leakwatch('tips')).stderr).toContain('peer: 1 tip, 1 of 1 judged were leaks');
  },
);
