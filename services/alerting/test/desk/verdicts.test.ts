import { alertId, type VerdictKind } from '@leakwatch/contracts';
import { FAULTLESS } from '@leakwatch/estimates';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countOpenAlerts } from '../../incidents/queries/count-open-alerts.ts';
import { EVERYTHING, loadAlertOutcomes } from '../../measure/queries/load-alert-outcomes.ts';
import { loadPrecision } from '../../measure/report/load-precision.ts';
import { measurePrecision } from '../../measure/report/measure-precision.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { listVerdicts } from '../../desk/queries/list-verdicts.ts';

let scene: Scene;
let metrics: Awaited<ReturnType<Scene['start']>>['metrics'];
beforeAll(async () => {
  scene = await openScene();
  ({ metrics } = await scene.start());
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const judge = (id: string, verdict: VerdictKind, reason = 'because') =>
  giveVerdict(scene.store, { alertId: id, verdict, reason, givenBy: 'ana' });
const MARA = alertId('mara', 'aurora', 1);

describe('a verdict', () => {
  it('resolves the alert, is kept, told and counted', async () => {
    await scene.detect(detection());
    expect(await countOpenAlerts(scene.store.pool)).toMatchObject([
      { tier: 1, severity: 'medium', state: 'open', count: 1, waitingSince: NOW },
    ]);
    const verdict = await judge(MARA.slice(0, 6).toUpperCase(), 'confirmed', 'a screenshot shows it');
    expect(verdict).toMatchObject({ alertId: MARA, verdict: 'confirmed', givenBy: 'ana' });
    expect(await scene.alerts()).toMatchObject([{ state: 'resolved' }]);
    expect(await countOpenAlerts(scene.store.pool)).toEqual([]);
    await until(async () => (await scene.alertEvents()).length === 2);
    expect((await scene.alertEvents())[1]).toMatchObject({
      change: 'verdict-given',
      alert: { state: 'resolved' },
    });
    await expect
      .poll(async () => (await metrics.verdicts.get()).values)
      .toMatchObject([{ labels: { tier: '1', matcher: 'text', verdict: 'confirmed' }, value: 1 }]);
  });

  it('may be given again: all stay and the newest counts', async () => {
    await scene.detect(detection());
    await judge(MARA, 'confirmed');
    await judge(MARA, 'false-positive', 'a namesake');
    const verdicts = await listVerdicts(scene.store.pool, MARA);
    expect(verdicts.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
      'false-positive: a namesake',
      'confirmed: because',
    ]);
    expect(await loadPrecision(scene.store.pool, FAULTLESS)).toMatchObject({ n: 1, precision: 0 });
  });

  it('needs an alert of its own, a reason and a name', async () => {
    // Two creators whose alerts' ids begin alike. Among some thousand names a pair shares one of the 16 M prefixes of 6
    // digits.
    const [one, other] = twinsByPrefix();
    await scene.detect(
      detection({ nativeId: 'a', creatorId: one }),
      detection({ nativeId: 'b', creatorId: other }),
    );
    const prefix = alertId(one, 'aurora', 1).slice(0, 6);
    await expect(judge(prefix, 'confirmed')).rejects.toMatchObject({ code: 'ambiguous-id' });
    await expect(judge('000000', 'confirmed')).rejects.toMatchObject({ code: 'unknown-alert' });
    for (const id of ['', 'ab12', 'nothex', `${MARA}0`, "000000' OR ''='"]) {
      await expect(judge(id, 'confirmed')).rejects.toMatchObject({ code: 'bad-id' });
    }
    await expect(judge(alertId(one, 'aurora', 1), 'confirmed', '')).rejects.toThrow('reason');
    expect((await scene.alerts()).map(({ state }) => state)).toEqual(['open', 'open']);
  });
});

function twinsByPrefix(): [string, string] {
  const seen = new Map<string, string>();
  for (let i = 0; ; i += 1) {
    const creator = `twin-${i}`;
    const prefix = alertId(creator, 'aurora', 1).slice(0, 6);
    const twin = seen.get(prefix);
    if (twin !== undefined) return [twin, creator];
    seen.set(prefix, creator);
  }
}

describe('precision', () => {
  it('counts verdicts by tier and matcher, and says what it does not know', async () => {
    const posts = ['a', 'b', 'c', 'd'].map((name) =>
      detection({ nativeId: name, creatorId: `creator-${name}` }),
    );
    await scene.detect(
      ...posts,
      detection({ nativeId: 'e', kind: 'asset', itemId: 'render' }),
      detection({ nativeId: 'f', creatorId: 'leaky' }),
    );
    const verdicts: [string, VerdictKind][] = [
      ['creator-a', 'confirmed'],
      ['creator-b', 'approved'],
      ['creator-c', 'false-positive'],
      ['mara', 'confirmed'],
    ];
    for (const [creator, verdict] of verdicts) await judge(alertId(creator, 'aurora', 1), verdict);

    const alerts = await loadAlertOutcomes(scene.store.pool, EVERYTHING);
    const standard = { reviewers: { alerts: FAULTLESS, samples: FAULTLESS }, target: 0.8 };
    const groups = measurePrecision(alerts, standard).filter(({ by }) => by !== 'rule' && by !== 'campaign');
    expect(groups).toMatchObject([
      { by: 'all', n: 4, right: 3, precision: 0.75, unreviewed: 2 },
      { by: 'matcher', name: 'image', n: 1, precision: 1, unreviewed: 0 },
      { by: 'matcher', name: 'text', n: 3, precision: 2 / 3, unreviewed: 2 },
      { by: 'tier', name: '1', n: 4, precision: 0.75, unreviewed: 1 },
      { by: 'tier', name: '3', n: 0, precision: null, interval: null, unreviewed: 1 },
    ]);
    const none = await loadAlertOutcomes(scene.store.pool, { ...EVERYTHING, since: new Date('2100-01-01') });
    expect(measurePrecision(none, standard)).toMatchObject([{ by: 'all', n: 0, precision: null }]);
  });
});
