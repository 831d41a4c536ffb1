import { type Detection } from '@leakwatch/contracts';
import { FAULTLESS } from '@leakwatch/estimates';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { loadPlaybooks } from '../../desk/playbooks/load-playbooks.ts';
import { loadResponse } from '../../desk/playbooks/record-response.ts';
import { loadPrecision } from '../../measure/report/load-precision.ts';
import { readStanding } from '../../measure/read-standing.ts';
import { loadReport } from '../../measure/report/load-report.ts';
import {
  detection,
  LIFTS_AT,
  PUBLISHED_AT,
  revisionScan,
  type DetectionTraits,
} from '../support/detections.ts';
import { CAMPAIGNS, NOW, openScene, type Scene } from '../support/scene.ts';
import { listSuppressions } from '../../judge/queries/list-suppressions.ts';

const LATER = '2026-11-22T10:00:00.000Z';
const ASKING = {
  id: 'asking',
  name: 'Asking',
  assets: [],
  embargo: { liftsAt: LIFTS_AT },
  disclosure: {},
};

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.setWatchList([...CAMPAIGNS, ASKING]);
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const found = (traits: DetectionTraits = {}): Detection =>
  detection({ campaignId: 'asking', publishedAt: LATER, disclosed: false, ...traits });
const changes = async () => (await scene.alertEvents()).map(({ change }) => change);

describe('a post after the lift that does not say that it is advertising', () => {
  it('is found, answered by its own playbook, and corrected by an edit that says it', async () => {
    await scene.detect(found());
    const [alert] = await scene.alerts();
    expect(alert).toMatchObject({
      violation: 'missing-disclosure',
      ruleId: 'missing-disclosure',
      severity: 'low',
      state: 'open',
      severityReasons: ['20 rule level low'],
    });
    const { playbook, message } = await loadResponse(scene.store, alert!.id, {
      playbooks: await loadPlaybooks(undefined),
    });
    expect(playbook.violation).toBe('missing-disclosure');
    expect(message).toMatch(/does not say that it is advertising/);

    const edited = found({ revision: 2, disclosed: true });
    await scene.detect(
      edited,
      revisionScan({ publishedAt: LATER, revision: 2, found: [edited], disclosedCampaigns: ['asking'] }),
    );
    expect(await scene.alerts()).toMatchObject([
      { correctedAt: '2026-11-20T12:00:00.000Z', occurrences: [{ removedBy: 'edit' }] },
    ]);
    await expect.poll(changes).toEqual(['opened', 'content-removed', 'corrected']);
    expect(await listSuppressions(scene.store.pool, edited.post.id)).toMatchObject([
      { reason: 'after-embargo' },
    ]);
  });

  it('stands after an edit that does not say it either', async () => {
    const edited = found({ revision: 2 });
    await scene.detect(found(), edited, revisionScan({ publishedAt: LATER, revision: 2, found: [edited] }));
    expect(await scene.alerts()).toMatchObject([{ correctedAt: null }]);
  });

  it('is found by a re-scan as well, corrected at once where a later revision says it', async () => {
    const edited = found({ revision: 2, disclosed: true });
    await scene.detect(
      revisionScan({ publishedAt: LATER, revision: 2, found: [edited], disclosedCampaigns: ['asking'] }),
      { ...found(), rescanJobId: 'job-1' },
      { ...found({ nativeId: 'p2' }), rescanJobId: 'job-1' },
    );
    const [alert, ...others] = await scene.alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ violation: 'missing-disclosure', correctedAt: null });
    expect(alert!.occurrences.map(({ removedBy }) => removedBy)).toEqual(['edit', null]);
  });

  it('is no leak: it joins none, opens none again, and moves no tier when it is confirmed', async () => {
    await scene.detect(found());
    const [first] = await scene.alerts();
    await giveVerdict(scene.store, {
      alertId: first!.id,
      verdict: 'confirmed',
      reason: 'no tag',
      givenBy: 'ana',
    });
    await scene.detect(found({ nativeId: 'p2', publishedAt: PUBLISHED_AT }));
    const all = await scene.alerts();
    expect(all.map(({ violation, tier, state }) => ({ violation, tier, state }))).toEqual(
      expect.arrayContaining([
        { violation: 'missing-disclosure', tier: 1, state: 'resolved' },
        { violation: 'early-post', tier: 1, state: 'open' },
      ]),
    );
    expect(all.map(({ episode }) => episode).sort()).toEqual([1, 2]);
  });

  it('counts in the precision of its own rule, and in no figure about leaks', async () => {
    await scene.detect(found());
    const [alert] = await scene.alerts();
    await giveVerdict(scene.store, {
      alertId: alert!.id,
      verdict: 'confirmed',
      reason: 'no tag',
      givenBy: 'ana',
    });
    const { pool } = scene.store;
    const report = await loadReport(pool, {
      ...(await readStanding(pool, { rulesFile: undefined, quietMs: () => 7 * 24 * 3_600_000 })),
      scope: { since: null, until: null, campaignId: null },
      reviewers: { alerts: FAULTLESS, samples: FAULTLESS },
      target: 0.8,
      at: NOW,
    });
    expect(report.precision.map(({ by, name, n }) => ({ by, name, n }))).toEqual([
      { by: 'all', name: 'all alerts', n: 0 },
      { by: 'rule', name: 'missing-disclosure', n: 1 },
    ]);
    expect(report.detection.n).toBe(0);
    expect(report.recall.caught ?? 0).toBe(0);
    expect(await loadPrecision(pool, FAULTLESS)).toMatchObject({ n: 0, unreviewed: 0 });
  });
});

describe('no missing disclosure', () => {
  it.each<[string, DetectionTraits]>([
    ['where the post says that it is advertising', { disclosed: true }],
    ['where the campaign asks for none', { campaignId: 'aurora' }],
  ])('is seen %s', async (_where, traits) => {
    const one = found(traits);
    await scene.detect(one);
    expect(await scene.alerts()).toEqual([]);
    expect(await listSuppressions(scene.store.pool, one.post.id)).toMatchObject([
      { reason: 'after-embargo' },
    ]);
  });

  it('is seen in a picture', async () => {
    await scene.detect(
      detection({ campaignId: 'asking', publishedAt: LATER, kind: 'asset', itemId: 'render' }),
    );
    expect(await scene.alerts()).toEqual([]);
  });

  it('is what a post before the lift is taken for, nor does a tag put that right', async () => {
    const edited = found({ publishedAt: PUBLISHED_AT, revision: 2, disclosed: true });
    await scene.detect(
      found({ publishedAt: PUBLISHED_AT }),
      edited,
      revisionScan({ revision: 2, found: [edited], disclosedCampaigns: ['asking'] }),
    );
    expect(await scene.alerts()).toMatchObject([{ violation: 'early-post', correctedAt: null }]);
  });
});
