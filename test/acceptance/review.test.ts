/** A reviewer's commands, from an empty queue to a missed leak. */
import { addReviewSamples } from '@leakwatch/alerting/measure';
import { postThreadId } from '@leakwatch/contracts';
import { saveWatchList } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { inventSeason, START } from '../simulation/invent-season.ts';
import { postOf } from '../simulation/season-records.ts';

const [creator, silent] = inventSeason(1, 2).creators;
if (creator === undefined || silent === undefined) throw new Error('a season of two creators has two');
const post = postOf({ name: 'drawn-1', publishedAt: START, leaks: null, alert: null }, creator);
const id = postThreadId(post);

let store: TestStore;
const leakwatch = (...args: string[]) =>
  runLeakwatch(args, { env: { DATABASE_URL: store.connectionString } });

beforeAll(async () => {
  store = await openTestStore();
  await store.transaction((tx) =>
    saveWatchList(tx, {
      campaigns: [{ id: 'c', name: 'C', sensitivity: 'normal', terms: [], assets: [], approvedPosts: [] }],
      creators: [creator, { ...silent, accounts: [] }],
    }),
  );
});
afterAll(() => store.drop());

describe('A reviewer on the command line', () => {
  it('is told that nothing waits, then is shown a post, decides, and hears that it was missed', async () => {
    expect((await leakwatch('review', 'next', '--by', 'ann')).stderr).toContain('nothing waits for review');

    const sample = { threadId: id, tier: 1, strata: ['uniform'], probability: 0.02, queueRank: 1 } as const;
    await addReviewSamples(store.pool, [{ ...sample, sampledAt: START, post }]);
    const shown = await leakwatch('review', 'next', '--by', 'ann');
    expect(shown.stdout).toContain(`sample ${id.slice(0, 8)}`);
    expect(shown.stdout + shown.stderr).not.toMatch(/uniform|alert|0\.02/);

    const refused = await leakwatch('review', 'decide', 'ffffffff', '--verdict', 'leak');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    const decided = await leakwatch(
      ...[
        'review',
        'decide',
        id.slice(0, 8),
        '--verdict',
        'leak',
        '--campaign',
        'c',
        '--minutes',
        '2',
        '--by',
        'ann',
      ],
    );
    expect(decided).toMatchObject({ code: 0, stdout: `sample ${id.slice(0, 8)}: leak, 2.0 min\n` });
    expect(decided.stderr).toContain('no alert has this leak');
    const missed = await leakwatch('review', 'list', '--state', 'missed', '--json');
    expect(JSON.parse(missed.stdout)).toMatchObject({ id, verdict: 'leak', campaignId: 'c' });
  });

  it('sees who is not heard from', async () => {
    const { stdout, stderr } = await leakwatch('coverage', '--stale');
    expect(stdout).toMatch(new RegExp(`${silent.id} .*uncollectable.*no account is registered`));
    expect(stderr).toContain('0 of 2 registered creators are fresh (0.0 %), 0 stale, 2 uncollectable');
  });
});
