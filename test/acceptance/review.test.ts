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
const leakwatch = (...args: string[]) => leakwatchWith({}, ...args);
const leakwatchWith = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  runLeakwatch(args, { env: { DATABASE_URL: store.connectionString, ...env } });

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

  it('is shown the post nearest to a brief in turn, and neither the brief nor why', async () => {
    await store.transaction((tx) =>
      saveWatchList(tx, {
        campaigns: [
          {
            ...{ id: 'c', name: 'C', sensitivity: 'normal', terms: [], assets: [], approvedPosts: [] },
            brief: 'A folding phone with a quiet hinge.',
          },
        ],
        creators: [creator, { ...silent, accounts: [] }],
      }),
    );
    // Even ranks stay in drawn order. The post that is decided already has an odd one.
    const queue = [
      { queueRank: 10, text: 'lunch in the park' },
      { queueRank: 11, text: 'rain again' },
      { queueRank: 12, text: 'more lunch' },
      { queueRank: 13, text: 'such a quiet hinge' },
    ];
    await addReviewSamples(
      store.pool,
      queue.map(({ queueRank, text }) => {
        const drawn = { ...post, nativeId: `queued-${queueRank}`, text };
        const draw = { tier: 2, strata: ['uniform'], probability: 0.02, sampledAt: START } as const;
        return { ...draw, threadId: postThreadId(drawn), queueRank, post: drawn };
      }),
    );
    const next = (order: string, by: string) =>
      leakwatchWith({ LEAKWATCH_REVIEW_ORDER: order }, 'review', 'next', '--by', by);
    const refused = await next('random', 'bob');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('LEAKWATCH_REVIEW_ORDER');
    expect((await next('nearness', 'bob')).stdout).toContain('lunch in the park');
    expect((await next('nearness', 'cem')).stdout).toContain('more lunch');
    const near = await next('nearness', 'dan');
    expect(near.stdout).toContain('such a quiet hinge');
    expect((await next('drawn', 'eve')).stdout).toContain('rain again');
    expect(near.stdout + near.stderr).not.toMatch(/folding|near/);
  });

  it('sees who is not heard from', async () => {
    const { stdout, stderr } = await leakwatch('coverage', '--stale');
    expect(stdout).toMatch(new RegExp(`${silent.id} .*uncollectable.*no account is registered`));
    expect(stderr).toContain('0 of 2 registered creators are fresh (0.0 %), 0 stale, 2 uncollectable');
  });
});
