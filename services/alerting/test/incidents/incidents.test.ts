import { detectionId, type VerdictKind } from '@leakwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const HOUR = 3_600_000;
const after = (hours: number) => new Date(Date.parse('2026-11-18T08:00:00Z') + hours * HOUR).toISOString();
const incidents = async () =>
  (await scene.alerts()).map(({ creatorId, campaignId, episode, occurrences }) => ({
    of: `${creatorId} ${campaignId} ${episode}`,
    items: occurrences.map(({ detection: { post } }) => post.nativeId).sort(),
  }));

const standings = async () =>
  (await scene.alerts()).map(
    ({ episode, state, regressions }) => `${episode} ${state} regressed ${regressions}`,
  );
const judge = (alertId: string, verdict: VerdictKind) =>
  giveVerdict(scene.store, { alertId, verdict, reason: 'because', givenBy: 'ana' });

describe('one incident a creator, campaign and episode', () => {
  it('groups both lanes and all posts of a creator', async () => {
    await scene.detect(
      detection({ nativeId: 'a' }),
      detection({ nativeId: 'a', kind: 'asset', itemId: 'render' }),
      detection({ nativeId: 'b', publishedAt: after(50) }),
      detection({ nativeId: 'c', creatorId: 'nils' }),
      detection({ nativeId: 'd', campaignId: 'evergreen' }),
    );
    expect(new Set(await incidents())).toEqual(
      new Set([
        { of: 'mara aurora 1', items: ['a', 'a', 'b'] },
        { of: 'nils aurora 1', items: ['c'] },
        { of: 'mara evergreen 1', items: ['d'] },
      ]),
    );
  });

  it('goes on while the next post comes within the gap, and begins anew after it', async () => {
    await scene.detect(
      detection({ nativeId: 'a', publishedAt: after(0) }),
      detection({ nativeId: 'b', publishedAt: after(24) }),
      detection({ nativeId: 'c', publishedAt: after(48) }),
      detection({ nativeId: 'd', publishedAt: after(72.1) }),
    );
    expect(new Set(await incidents())).toEqual(
      new Set([
        { of: 'mara aurora 1', items: ['a', 'b', 'c'] },
        { of: 'mara aurora 2', items: ['d'] },
      ]),
    );
  });

  it('takes in an older post that is found late, if it is close enough', async () => {
    await scene.detect(
      detection({ nativeId: 'a', publishedAt: after(48) }),
      detection({ nativeId: 'b', publishedAt: after(30) }),
      detection({ nativeId: 'c', publishedAt: after(0) }),
    );
    expect(new Set(await incidents())).toEqual(
      new Set([
        { of: 'mara aurora 1', items: ['a', 'b'] },
        { of: 'mara aurora 2', items: ['c'] },
      ]),
    );
  });

  it('happens again where the next post comes within the gap, though a verdict was given, and is over after it', async () => {
    await scene.detect(detection({ nativeId: 'a', publishedAt: after(0) }));
    const [alert] = await scene.alerts();
    await judge(alert!.id, 'confirmed');
    await scene.detect(
      detection({ nativeId: 'b', publishedAt: after(23) }),
      detection({ nativeId: 'c', publishedAt: after(48) }),
    );
    expect(new Set(await standings())).toEqual(new Set(['1 open regressed 1', '2 open regressed 0']));
  });

  it('goes on in the open incident where a post is close to a resolved one, too, though that is newer', async () => {
    await scene.detect(
      detection({ nativeId: 'a', publishedAt: after(0) }),
      detection({ nativeId: 'c', publishedAt: after(30) }),
    );
    const newer = (await scene.alerts()).find(({ episode }) => episode === 2);
    await judge(newer!.id, 'confirmed');
    await scene.detect(detection({ nativeId: 'b', publishedAt: after(15) }));
    expect(new Set(await incidents())).toEqual(
      new Set([
        { of: 'mara aurora 1', items: ['a', 'b'] },
        { of: 'mara aurora 2', items: ['c'] },
      ]),
    );
  });

  it('keeps an edit that leaves the leak in, even after the verdict; a new leak in the edit is one more', async () => {
    await scene.detect(detection({ nativeId: 'a' }));
    const [alert] = await scene.alerts();
    await judge(alert!.id, 'approved');
    await scene.detect(detection({ nativeId: 'a', revision: 2 }));
    expect(await standings()).toEqual(['1 resolved regressed 0']);
    await scene.detect(detection({ nativeId: 'a', revision: 3, itemId: 'price' }));
    expect(await standings()).toEqual(['1 open regressed 1']);
  });

  it.each([
    ['confirmed', '1 resolved regressed 0'],
    ['approved', '1 resolved regressed 0'],
    ['false-positive', '1 open regressed 1'],
  ] as const)('a picture found in a post that was judged %s by its words: %s', async (verdict, standing) => {
    await scene.detect(detection({ nativeId: 'a' }));
    const [alert] = await scene.alerts();
    await judge(alert!.id, verdict);
    await scene.detect(detection({ nativeId: 'a', kind: 'asset', itemId: 'render' }));
    expect(await standings()).toEqual([standing]);
  });
});

describe('an alert', () => {
  it('says when it was made, by when to act, and how long it took', async () => {
    await scene.detect(detection({ observedAt: '2026-11-20T09:00:30.000Z' }));
    expect(await scene.alerts()).toMatchObject([
      {
        openedAt: NOW.toISOString(),
        updatedAt: NOW.toISOString(),
        dueAt: new Date(NOW.getTime() + 24 * HOUR).toISOString(),
        detectionLatencyMs: 42_000,
        pipelineLatencyMs: 12_000,
        ruleId: 'leaked-term',
        severity: 'medium',
      },
    ]);
  });

  it('grows worse with a worse occurrence, and never better', async () => {
    await scene.detect(detection({ kind: 'asset', itemId: 'render' }), detection());
    expect(await scene.alerts()).toMatchObject([{ severity: 'high', ruleId: 'leaked-asset' }]);
    await scene.detect(
      detection({ nativeId: 'q', creatorId: 'nils' }),
      detection({ nativeId: 'q', creatorId: 'nils', kind: 'asset', itemId: 'render' }),
    );
    const [latest] = (await scene.alerts()).filter(({ creatorId }) => creatorId === 'nils');
    expect(latest).toMatchObject({
      severity: 'high',
      ruleId: 'leaked-asset',
      dueAt: new Date(NOW.getTime() + 4 * HOUR).toISOString(),
    });
  });

  it('keeps text that no JSON column of Postgres would take, and survives a name that none can', async () => {
    const matched = 'null \u0000 and half a pair \ud83d';
    await scene.detect(detection({ matched }), detection({ creatorId: 'nul\u0000byte' }));
    const alerts = await scene.alerts();
    expect(alerts.map(({ occurrences }) => occurrences[0]?.detection.evidence.matched)).toEqual([matched]);
    const letters = await scene.log.endOffsets('dead-letters');
    expect([...letters.values()].reduce((sum, end) => sum + end, 0n)).toBe(1n);
  });
});

it('a detection is in one alert only, under the id of its post and item', async () => {
  const one = detection();
  expect(one.id).toBe(detectionId(one.post.id, 'aurora', 'term', 'codename'));
  await scene.detect(one, one, one);
  await scene.detect(one);
  expect((await scene.alerts()).map(({ occurrences }) => occurrences.length)).toEqual([1]);
  await expect.poll(() => scene.alertEvents()).toMatchObject([{ change: 'opened' }]);
});
