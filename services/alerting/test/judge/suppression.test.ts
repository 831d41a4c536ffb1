import { type Metrics } from '@leakwatch/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { detection, LIFTS_AT, type DetectionTraits } from '../support/detections.ts';
import { CAMPAIGNS, openScene, type Scene } from '../support/scene.ts';
import { listSuppressions } from '../../judge/queries/list-suppressions.ts';

let scene: Scene;
let metrics: Metrics;
beforeAll(async () => {
  scene = await openScene();
  ({ metrics } = await scene.start());
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const JUST_BEFORE = new Date(Date.parse(LIFTS_AT) - 1).toISOString();

describe('what is no leak raises no alert, and says why', () => {
  it.each<[string, DetectionTraits, string]>([
    ['a post at the very instant of the lift', { publishedAt: LIFTS_AT }, 'after-embargo'],
    ['a post long after the lift', { publishedAt: '2027-01-01T00:00:00.000Z' }, 'after-embargo'],
    ["a post that is approved by its platform's id", { nativeId: 'allowed-id' }, 'approved-post'],
    [
      'a post that is approved by its address',
      { canonicalUrl: 'https://instagram.com/p/allowed' },
      'approved-post',
    ],
    [
      'a post whose address was approved in another form',
      { canonicalUrl: 'http://www.instagram.com/p/allowed/?igsh=Zm9v&utm_source=ig#top' },
      'approved-post',
    ],
    [
      'a post that a parameter of its address names',
      { canonicalUrl: 'https://youtube.com/watch?v=allowed&si=b4r' },
      'approved-post',
    ],
    ['a text that is approved', { text: 'Counting down with Quillon Ember ✨ #ad' }, 'approved-text'],
    [
      'a text that is approved, written otherwise',
      { text: '  counting down\nwith ＱＵＩＬＬＯＮ Ember ✨  #AD\n' },
      'approved-text',
    ],
    ['a doubtful match of a creator in bulk', { confidence: 0.55 }, 'below-threshold'],
    [
      'a sure picture of the layout alone',
      { kind: 'asset', itemId: 'render', grade: 'same-layout' },
      'grade-not-alerting',
    ],
    ['a match of a campaign that is no more', { campaignId: 'forgotten' }, 'unknown-campaign'],
  ])('%s', async (_name, traits, reason) => {
    const one = detection(traits);
    await scene.detect(one, one);
    expect(await scene.alerts()).toEqual([]);
    const [suppression, ...others] = await listSuppressions(scene.store.pool, one.post.id);
    expect(others).toEqual([]);
    expect(suppression).toMatchObject({ detectionId: one.id, reason });
    const { values } = await metrics.detectionsSuppressed.get();
    expect(values).toMatchObject([{ labels: { reason }, value: 1 }]);
  });

  it('counts the shadow rule that would have said otherwise', async () => {
    await scene.detect(detection({ confidence: 0.55 }));
    const { values } = await metrics.ruleMatches.get();
    expect(values).toMatchObject([{ labels: { rule: 'just-below-threshold', status: 'shadow' }, value: 1 }]);
  });
});

describe('what is a leak raises an alert', () => {
  it.each<[string, DetectionTraits, object]>([
    ['a millisecond before the lift', { publishedAt: JUST_BEFORE }, { severity: 'low', ruleId: 'last-hour' }],
    ['of a campaign that is secret for good', { campaignId: 'evergreen' }, { severity: 'medium' }],
    ['of an account that no brand knows', { creatorId: 'unregistered:x/x/1' }, { tier: 1 }],
    ['doubtful, of a creator who leaked before', { creatorId: 'leaky', confidence: 0.55 }, { tier: 3 }],
    ['at another address of the same site', { canonicalUrl: 'https://instagram.com/p/allowed/2' }, {}],
    ['at another video of the same site', { canonicalUrl: 'https://youtube.com/watch?v=other' }, {}],
    ['with a word more than was approved', { text: 'Counting down with Quillon Ember ✨ #ad 49,99 €' }, {}],
    [
      'in a text that another campaign approves',
      { campaignId: 'evergreen', text: 'Counting down with Quillon Ember ✨ #ad' },
      {},
    ],
    ['shown beside a text that is approved', { kind: 'asset', itemId: 'render' }, {}],
    ['a part of a picture', { kind: 'asset', itemId: 'render', grade: 'part' }, { ruleId: 'leaked-asset' }],
    ['in a highly sensitive campaign', { campaignId: 'borealis' }, { tier: 3, severity: 'high' }],
  ])('%s', async (_name, traits, expected) => {
    await scene.detect(detection(traits));
    expect(await scene.alerts()).toMatchObject([{ state: 'open', episode: 1, ...expected }]);
  });

  it('of a campaign that the matcher heard of a moment before', async () => {
    const version = await scene.setWatchList([...CAMPAIGNS, { id: 'fresh', name: 'Fresh', assets: [] }]);
    await scene.detect(detection({ campaignId: 'fresh', watchListVersion: version }));
    expect(await scene.alerts()).toMatchObject([{ campaignId: 'fresh' }]);
  });

  it('when the embargo turns out to last longer, and a re-scan finds it again', async () => {
    const one = detection({ publishedAt: LIFTS_AT });
    await scene.detect(one);
    const [aurora, ...others] = CAMPAIGNS;
    const later = { ...aurora!, embargo: { liftsAt: '2026-12-24T00:00:00Z' } };
    const watchListVersion = await scene.setWatchList([later, ...others]);
    await scene.detect({ ...one, watchListVersion, rescanJobId: 'job-1' });
    expect(await scene.alerts()).toHaveLength(1);
    expect(await listSuppressions(scene.store.pool, one.post.id)).toEqual([]);
  });
});
