import { FAULTLESS } from '@leakwatch/estimates';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeAlert } from '../../desk/moves/change-alert.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, type Scene } from '../support/scene.ts';
import { backtest } from '../../measure/backtest/backtest.ts';
import { loadPrecision } from '../../measure/report/load-precision.ts';
import { findNewIncidents } from '../../measure/backtest/cluster-incidents.ts';

const GAP = { since: null, episodeGapMs: 24 * 3_600_000, judge: FAULTLESS };
const HOUR = 3_600_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

/** The built-in ruleset with another threshold for tier 5, bulk. */
function withThreshold(threshold: number) {
  const [head = '', bulk = ''] = BUILT_IN_RULESET.split('name: Automated bulk');
  return compileRuleset(
    `${head}name: Automated bulk${bulk.replace('confidenceThreshold: 0.6', `confidenceThreshold: ${threshold}`)}`,
  );
}

async function judge(creatorId: string, verdict: 'confirmed' | 'false-positive'): Promise<void> {
  const found = (await scene.alerts()).find((alert) => alert.creatorId === creatorId);
  await giveVerdict(scene.store, { alertId: found!.id, verdict, reason: 'seen', givenBy: 'ines' }, () => NOW);
}

describe('a backtest', () => {
  beforeEach(async () => {
    await scene.detect(
      detection({ creatorId: 'mara', nativeId: 'sure' }),
      detection({ creatorId: 'nils', nativeId: 'probable', confidence: 0.7 }),
      detection({ creatorId: 'mara', nativeId: 'doubtful', confidence: 0.5, campaignId: 'evergreen' }),
    );
    await judge('mara', 'confirmed');
    await judge('nils', 'false-positive');
  });

  it('of the rules in force changes nothing', async () => {
    const result = await backtest(scene.store, compileRuleset(BUILT_IN_RULESET), GAP);
    expect(result).toMatchObject({ detections: 3, broken: 0, alertsBefore: 2, alertsAfter: 2 });
    expect(result).toMatchObject({ added: [], removed: [], shadows: { 'just-below-threshold': 1 } });
  });

  it('of a lower threshold shows the alert that it adds, which has no verdict yet', async () => {
    const result = await backtest(scene.store, withThreshold(0.45), GAP);
    expect(result).toMatchObject({ alertsBefore: 2, alertsAfter: 3, removed: [] });
    expect(result.added).toMatchObject([
      { creatorId: 'mara', campaignId: 'evergreen', ruleId: 'leaked-term', level: 'medium', alertId: null },
    ]);
    expect(result.precisionAfter).toEqual(result.precisionBefore);
  });

  it('of a higher one shows what it removes, and how precision changes by the verdicts', async () => {
    const result = await backtest(scene.store, withThreshold(0.8), GAP);
    expect(result).toMatchObject({ alertsBefore: 2, alertsAfter: 1, added: [] });
    expect(result.removed).toMatchObject([{ verdict: 'false-positive' }]);
    expect(result.precisionBefore).toMatchObject({ n: 2, right: 1, share: 0.5 });
    expect(result.precisionAfter).toMatchObject({ n: 1, right: 1, share: 1 });
    expect(result.precisionAfter.interval!.low).toBeLessThan(0.21);
  });

  it('measures precision as a report does: without duplicates, corrected for reviewers who err', async () => {
    const idOf = async (nativeId: string) =>
      (await scene.alerts()).find(({ occurrences }) =>
        occurrences.some(({ detection: { post } }) => post.nativeId === nativeId),
      )!.id;
    await scene.detect(
      detection({ creatorId: 'nils', nativeId: 'late', publishedAt: '2026-11-22T08:00:00.000Z' }),
    );
    const [wrong, late] = [await idOf('probable'), await idOf('late')];
    await changeAlert(scene.store, { alertId: wrong, move: { change: 'reopened' }, by: 'ines', reason: '' });
    const merge = { change: 'merged', into: late } as const;
    await changeAlert(scene.store, { alertId: wrong, move: merge, by: 'ines', reason: '' });
    await giveVerdict(scene.store, { alertId: late, verdict: 'confirmed', reason: 'seen', givenBy: 'ines' });

    const rules = compileRuleset(BUILT_IN_RULESET);
    const judge = { sensitivity: 0.9, specificity: 0.95 };
    const { precisionBefore } = await backtest(scene.store, rules, { ...GAP, judge });
    const { n, right, precision, interval } = await loadPrecision(scene.store.pool, judge);
    expect(precisionBefore).toEqual({ n, right, share: precision, interval });
    expect(precisionBefore).toMatchObject({ n: 2, right: 2 });
  });

  it('looks only at what was detected since an instant', async () => {
    const since = new Date(NOW.getTime() + HOUR);
    const result = await backtest(scene.store, withThreshold(0.8), { ...GAP, since });
    expect(result).toMatchObject({ detections: 0, alertsBefore: 0, alertsAfter: 0 });
    expect(result.precisionBefore).toEqual({ n: 0, right: 0, share: null, interval: null });
  });

  it('counts detections on which a rule breaks', async () => {
    const breaking = compileRuleset(
      BUILT_IN_RULESET.replace(
        'when: "!embargo.lifted && match.kind == \'term\' && match.confidence >= tier.threshold"',
        "when: \"!embargo.lifted && match.kind == 'term' && match.how[7] != ''\"",
      ),
    );
    expect(await backtest(scene.store, breaking, GAP)).toMatchObject({ detections: 3, broken: 3 });
  });
});

describe('detections that rules would take', () => {
  const taken = (hours: number, alertId: string | null = null, creatorId = 'mara') => ({
    creatorId,
    campaignId: 'aurora',
    publishedAt: new Date(NOW.getTime() + hours * HOUR),
    alertId,
  });

  it('are one incident where their posts lie close together, and the alert that one of them is in', () => {
    const close = [taken(0), taken(20), taken(41)];
    expect(findNewIncidents(close, GAP.episodeGapMs)).toEqual([taken(0)]);
    expect(findNewIncidents([taken(90), taken(0)], GAP.episodeGapMs)).toEqual([taken(0), taken(90)]);
    expect(findNewIncidents([...close, taken(60, 'known')], GAP.episodeGapMs)).toEqual([]);
    expect(findNewIncidents([taken(0), taken(0, null, 'nils')], GAP.episodeGapMs)).toHaveLength(2);
  });
});
