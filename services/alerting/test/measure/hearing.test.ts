/** Posts on their way through the log to coverage, the review queue and the report, on a real Postgres. */
import { postThreadId, unregisteredCreatorId } from '@leakwatch/contracts';
import { FAULTLESS } from '@leakwatch/estimates';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { detection } from '../support/detections.ts';
import { post, postRecord, type PostInput } from '../support/posts.ts';
import { CAMPAIGNS, NOW, openScene, until, type Scene } from '../support/scene.ts';
import { listHeardAccounts } from '../../measure/queries/list-heard-accounts.ts';
import { listReviewSamples } from '../../measure/queries/list-review-samples.ts';
import { loadPostCounts } from '../../measure/queries/creator-post-count.ts';
import { addReviewSamples } from '../../measure/queries/add-review-samples.ts';
import { loadSampleOutcomes } from '../../measure/queries/load-sample-outcomes.ts';
import { readStanding } from '../../measure/read-standing.ts';
import { loadReport } from '../../measure/report/load-report.ts';
import { decideSample, nextSample, ReviewError } from '../../measure/sampling/review-samples.ts';

/** Every post is drawn: chance is not under test here. */
const EVERY_POST = { uniformShare: 1, seed: 'a test' };

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.start({ config: { sampling: EVERY_POST } });
});
afterAll(() => scene.close());
beforeEach(async () => {
  for (const table of ['review_sample', 'account_heard', 'creator_post_count']) {
    await scene.store.pool.query(`DELETE FROM ${table}`);
  }
});

async function hear(...inputs: PostInput[]): Promise<void> {
  await scene.publish(...inputs.map((input) => postRecord(post(input))));
  await until(async () => {
    const ends = await scene.log.endOffsets('posts');
    const committed = await scene.log.committedOffsets('alerting-posts', 'posts');
    return [...ends].every(([partition, end]) => (committed.get(partition) ?? 0n) === end);
  });
}

const samples = (state: 'pending' | 'reviewed' | 'missed' = 'pending') =>
  listReviewSamples(scene.store.pool, { state, limit: 100 });
const oneOf = (creatorId: string, nativeId: string) => ({
  nativeId,
  creatorId,
  publishedAt: '2026-11-20T08:00:00.000Z',
});

describe('Posts that are heard', () => {
  it('tell when each account was last heard, of registered creators alone', async () => {
    const stranger = unregisteredCreatorId('instagram', 'instagram.com', '99');
    await hear(
      oneOf('mara', 'm1'),
      { ...oneOf('mara', 'm2'), publishedAt: '2026-11-20T08:30:00.000Z' },
      oneOf(stranger, 's1'),
    );
    expect(await listHeardAccounts(scene.store.pool)).toMatchObject([
      { creatorId: 'mara', handle: 'mara', heardAt: new Date('2026-11-20T08:30:01.000Z') },
    ]);
    expect((await samples()).map(({ creatorId }) => creatorId)).toEqual(['mara', 'mara']);
  });

  it('are counted, each new post once, in every tier', async () => {
    const tiers = await scene.store.pool.query(
      `SELECT FROM creator_tier WHERE creator_id = 'nils' AND tier = 2`,
    );
    expect(tiers.rowCount).toBe(0);
    const edited = { ...oneOf('nils', 'n1'), revision: 2, op: 'update', text: 'edited' } as const;
    await hear(oneOf('mara', 'c1'), oneOf('nils', 'n1'), oneOf('nils', 'n2'), edited);
    const counts = await loadPostCounts(scene.store.pool, ['mara', 'nils', 'nobody']);
    expect([...counts]).toEqual(
      expect.arrayContaining([
        ['mara', 1],
        ['nils', 2],
      ]),
    );
    expect(counts.size).toBe(2);
  });

  it('are drawn once, however often they come, with the probability of the first draw', async () => {
    await hear(oneOf('mara', 'again'));
    const [first] = await samples();
    await hear(oneOf('mara', 'again'));
    expect(await samples()).toEqual([first]);
    expect(first).toMatchObject({ probability: 1, verdict: null });
  });

  it('are shown to reviewers as they were edited last, until somebody has reviewed them', async () => {
    const edit = (revision: number, text: string) =>
      ({ ...oneOf('mara', 'edited'), revision, op: 'update', text }) as const;
    await hear({ ...oneOf('mara', 'edited'), text: 'first' });
    await hear(edit(2, 'second'));
    const [sample] = await samples();
    expect(sample?.post.text).toBe('second');
    await decideSample(scene.store.pool, {
      id: sample?.threadId ?? '',
      verdict: 'innocent',
      campaignId: null,
      by: 'ann',
      minutes: 1,
    });
    await hear(edit(3, 'third'));
    expect((await samples('reviewed'))[0]?.post.text).toBe('second');
  });
});

describe('The queue of reviews', () => {
  const at = (minute: number) => () => new Date(NOW.getTime() + minute * 60_000);

  it('gives each reviewer a post of their own, and it comes back after half an hour', async () => {
    await hear(oneOf('mara', 'q1'), oneOf('nils', 'q2'));
    const { pool } = scene.store;
    const anns = await nextSample(pool, 'ann', { clock: at(0) });
    const bobs = await nextSample(pool, 'bob', { clock: at(1) });
    expect(bobs?.threadId).not.toBe(anns?.threadId);
    expect((await nextSample(pool, 'ann', { clock: at(2) }))?.threadId).toBe(anns?.threadId);
    expect(await nextSample(pool, 'cem', { clock: at(3) })).toBeNull();
    expect((await nextSample(pool, 'cem', { clock: at(31) }))?.threadId).toBe(anns?.threadId);
  });

  it('takes the time since the post was shown, unless it is told another', async () => {
    await hear(oneOf('mara', 't1'));
    const { pool } = scene.store;
    const shown = await nextSample(pool, 'ann', { clock: at(0) });
    const decision = { verdict: 'innocent', campaignId: null, by: 'ann' } as const;
    const id = shown?.threadId.slice(0, 8) ?? '';
    const decided = await decideSample(pool, { ...decision, id, minutes: null }, at(4));
    expect(decided).toMatchObject({ minutes: 4, isMiss: false });
    expect(await decideSample(pool, { ...decision, id, minutes: 1.5 }, at(5))).toMatchObject({
      minutes: 1.5,
    });
  });

  it('refuses what is no sample, too short an id, and an innocent leak', async () => {
    const decide = (id: string, campaignId: string | null) =>
      decideSample(scene.store.pool, { id, verdict: 'innocent', campaignId, by: 'ann', minutes: 1 });
    await expect(decide('abc', null)).rejects.toThrow(ReviewError);
    await expect(decide('abcdef', null)).rejects.toThrow('there is no sample abcdef');
    await expect(decide('abcdef', 'aurora')).rejects.toThrow('an innocent post names no campaign');
  });
});

describe('The queue ordered by nearness', () => {
  const BRIEF = 'A folding phone with a titanium hinge.';

  it('gives the half in drawn order and the nearest of the other half in turns', async () => {
    await scene.setWatchList([...CAMPAIGNS, { id: 'fold', name: 'Fold', brief: BRIEF, assets: [] }]);
    const { pool } = scene.store;
    const add = (nativeId: string, queueRank: number, tier: 1 | 2, text: string) => {
      const drawn = post({ ...oneOf('mara', nativeId), text });
      const threadId = postThreadId(drawn);
      const draw = { strata: ['uniform'], probability: 0.5, sampledAt: NOW } as const;
      return addReviewSamples(pool, [{ ...draw, threadId, tier, queueRank, post: drawn }]);
    };
    await add('drawn first', 2, 2, 'lunch in the park');
    await add('drawn second', 4, 2, 'this hinge is a folding dream');
    await add('far', 1, 2, 'rain again');
    await add('near', 99, 2, 'a phone that has a titanium hinge');
    await add('bulk', 97, 1, 'a folding phone with a titanium hinge');

    const shown: string[] = [];
    for (const by of ['ann', 'bob', 'cem', 'dan', 'eve']) {
      const sample = await nextSample(pool, by, { order: 'nearness', clock: () => NOW });
      shown.push(sample?.post.nativeId ?? '');
    }
    expect(shown).toEqual(['drawn first', 'near', 'drawn second', 'far', 'bulk']);
    const marked = (await loadSampleOutcomes(pool, { since: null, until: null, campaignId: null })).filter(
      ({ shownByNearness }) => shownByNearness,
    );
    expect(marked).toMatchObject([{ inRankedHalf: true }]);
  });
});

describe('The report', () => {
  it('counts alerts by their verdicts, and misses by the samples', async () => {
    await scene.clear();
    const { pool } = scene.store;
    const alerted = detection({ creatorId: 'mara', nativeId: 'r1' });
    await scene.detect(alerted);
    await hear(oneOf('mara', 'r1'), oneOf('nils', 'r2'), oneOf('nils', 'r3'), oneOf('nils', 'r4'));
    const [alert] = await scene.alerts();
    await giveVerdict(
      scene.store,
      { alertId: alert?.id ?? '', verdict: 'confirmed', reason: 'it is one', givenBy: 'ann' },
      () => NOW,
    );
    const decide = (nativeId: string, creatorId: string, verdict: 'leak' | 'innocent') =>
      decideSample(
        pool,
        {
          id: postThreadId(post(oneOf(creatorId, nativeId))),
          verdict,
          campaignId: verdict === 'leak' ? 'aurora' : null,
          by: 'ann',
          minutes: 2,
        },
        () => NOW,
      );
    expect((await decide('r1', 'mara', 'leak')).isMiss).toBe(false);
    expect((await decide('r2', 'nils', 'leak')).isMiss).toBe(true);
    await decide('r3', 'nils', 'innocent');

    const report = await loadReport(pool, {
      ...(await readStanding(pool, { rulesFile: undefined, quietMs: () => 7 * 24 * 3_600_000 })),
      scope: { since: null, until: null, campaignId: null },
      reviewers: { alerts: FAULTLESS, samples: FAULTLESS },
      target: 0.8,
      at: NOW,
    });
    expect(report.precision[0]).toMatchObject({
      by: 'all',
      n: 1,
      right: 1,
      unreviewed: 0,
      proven: 'not-yet',
    });
    // One of the two reviewed posts without an alert is a leak, and they stand for three posts.
    expect(report.recall).toMatchObject({ caught: 1, missed: 1.5, drawn: 4, reviewed: 3, missesFound: 1 });
    expect(report.recall.estimate).toBeCloseTo(0.4, 9);
    expect(report.agreement).toMatchObject({ n: 1, share: 1 });
    expect(report.detection).toMatchObject({ n: 2, within4h: { n: 2 } });
    expect(report.coverage).toEqual({ registered: 3, fresh: 0, stale: 0, uncollectable: 3 });
    expect(report.response.inTime).toMatchObject({ n: 1, share: 1 });
    expect(report.review).toEqual({ waiting: 1, minutes: 6, minutesPerCreator: 2 });
    expect((await samples('missed')).map(({ creatorId }) => creatorId)).toEqual(['nils']);
  });
});
