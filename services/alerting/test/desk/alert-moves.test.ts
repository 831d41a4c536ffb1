import { alertId, type AlertState } from '@leakwatch/contracts';
import { StoreError } from '@leakwatch/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { escalateOverdue } from '../../incidents/life/escalate-overdue.ts';
import { fixedChain } from '../../incidents/life/escalation-chain.ts';
import { countOpenAlerts } from '../../incidents/queries/count-open-alerts.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, type Scene } from '../support/scene.ts';
import { changeAlert, type AnalystMove } from '../../desk/moves/change-alert.ts';
import { listTransitions } from '../../desk/queries/list-transitions.ts';

let scene: Scene;
let metrics: Awaited<ReturnType<Scene['start']>>['metrics'];
let now = NOW;
beforeAll(async () => {
  scene = await openScene();
  ({ metrics } = await scene.start({
    clock: () => now,
    config: { escalation: { levels: 3, pollMs: 3_600_000 } },
  }));
});
beforeEach(async () => {
  now = NOW;
  await scene.clear();
  await scene.detect(detection());
});
afterAll(() => scene.close());

const MINUTE = 60_000;
const MARA = alertId('mara', 'aurora', 1);
const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);
const make = (move: AnalystMove, alert = MARA) =>
  changeAlert(scene.store, { alertId: alert, move, by: 'ana', reason: 'because' }, () => now);
const life = async (id = MARA) => (await loadAlertLife(scene.store.pool, id))!;
const confirmed = { change: 'verdict-given', verdict: 'confirmed' } as const;

/** The moves by which an open alert reaches each state. */
const WAYS: Record<AlertState, readonly AnalystMove[]> = {
  open: [],
  acknowledged: [{ change: 'acknowledged' }],
  investigating: [{ change: 'investigating' }],
  resolved: [confirmed],
};

describe('a move that an alert can not make', () => {
  it.each([
    ['acknowledged', { change: 'acknowledged' }, /acknowledged by ana: investigate or resolve it/],
    ['investigating', { change: 'acknowledged' }, /investigating already/],
    ['investigating', { change: 'investigating' }, /investigating already/],
    ['open', { change: 'reopened' }, /it is open, and was not resolved/],
    ['resolved', { change: 'acknowledged' }, /resolved \(confirmed\): reopen it first/],
    ['resolved', { change: 'snoozed', until: after(5) }, /reopen it first/],
    ['resolved', { change: 'assigned', to: 'ben' }, /reopen it first/],
    ['open', { change: 'assigned', to: null }, /it is not assigned/],
    ['open', { change: 'snoozed', until: NOW }, /in the future/],
    ['open', { change: 'snoozed', until: after(91 * 24 * 60) }, /within 90 days/],
    ['open', { change: 'snooze-ended' }, /not snoozed/],
    ['open', { change: 'merged', into: MARA }, /name another alert/],
  ] as const)('is refused of an alert that is %s: %o', async (state, move, message) => {
    for (const step of WAYS[state]) await make(step);
    const before = await life();
    await expect(make(move)).rejects.toThrow(message);
    await expect(make(move)).rejects.toMatchObject({ name: 'AlertError', code: 'illegal-move' });
    expect(await life()).toEqual(before);
  });

  it.each([
    [
      "UPDATE alert SET state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 'x'",
      'investigating',
    ],
    ["UPDATE alert SET state = 'investigating', resolution = NULL, resolved_at = NULL", 'resolved'],
    ["UPDATE alert SET resolution = 'duplicate', duplicate_of = id", 'resolved'],
    ["UPDATE alert SET state = 'acknowledged'", 'open'],
    ["UPDATE alert SET state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 'x'", 'open'],
    ["UPDATE alert SET state = 'resolved'", 'open'],
    ["UPDATE alert SET state = 'gone'", 'open'],
    ["UPDATE alert SET resolution = 'confirmed'", 'open'],
    ['UPDATE alert SET acknowledged_at = now()', 'open'],
    ['UPDATE alert SET snoozed_until = now()', 'resolved'],
    ['UPDATE alert SET episode = 7', 'open'],
    ["UPDATE alert_transition SET reason = 'nicer'", 'open'],
    [
      'INSERT INTO alert SELECT (json_populate_record(a, \'{"episode": 9, "state": "investigating"}\')).* FROM alert a',
      'open',
    ],
  ] as const)('is refused by the database as well: %s, of one that is %s', async (sql, state) => {
    for (const step of WAYS[state]) await make(step);
    const refusal: unknown = await scene.store.pool.query(sql).catch((error: unknown) => error);
    expect(refusal instanceof StoreError && refusal.sqlState).toMatch(/^(LW001|23514)$/);
  });
});

describe('merging', () => {
  const SECOND = alertId('mara', 'aurora', 2);
  const THIRD = alertId('mara', 'aurora', 3);
  beforeEach(async () => {
    const days = (n: number) => new Date(NOW.getTime() - n * 24 * 60 * MINUTE).toISOString();
    await scene.detect(
      detection({ nativeId: 'q', publishedAt: days(5) }),
      detection({ nativeId: 'r', publishedAt: days(10) }),
      detection({ nativeId: 's', creatorId: 'nils' }),
    );
  });

  it('makes it a duplicate, whose own duplicates follow, and whose posts go to the other from then on', async () => {
    await make({ change: 'merged', into: SECOND }, THIRD);
    await make({ change: 'merged', into: MARA.slice(0, 12) }, SECOND);
    expect(await life(SECOND)).toMatchObject({
      state: 'resolved',
      resolution: 'duplicate',
      duplicateOf: MARA,
    });
    expect(await life(THIRD)).toMatchObject({ duplicateOf: MARA });
    await scene.detect(detection({ nativeId: 'r', revision: 2, publishedAt: detectionDay(10) }));
    const alerts = await scene.alerts();
    expect(alerts.find(({ id }) => id === MARA)?.occurrences).toHaveLength(2);
    await make({ change: 'reopened' }, SECOND);
    expect(await life(SECOND)).toMatchObject({ state: 'open', duplicateOf: null });
  });

  const detectionDay = (n: number) => new Date(NOW.getTime() - n * 24 * 60 * MINUTE).toISOString();

  it('is refused into a duplicate, into another creator’s, and a verdict on a duplicate is', async () => {
    await make({ change: 'merged', into: SECOND }, THIRD);
    await expect(make({ change: 'merged', into: THIRD })).rejects.toThrow(
      `the other is a duplicate itself: merge into ${SECOND.slice(0, 8)}`,
    );
    await expect(make({ change: 'merged', into: alertId('nils', 'aurora', 1) })).rejects.toThrow(
      'same creator and campaign',
    );
    await expect(make(confirmed, THIRD)).rejects.toThrow(`duplicate of alert ${SECOND.slice(0, 8)}`);
    const { pool } = scene.store;
    const merge = `UPDATE alert SET state = 'resolved', resolution = 'duplicate', resolved_at = now(), escalates_at = NULL,
      duplicate_of = $2 WHERE id = $1`;
    await expect(pool.query(merge, [MARA, THIRD])).rejects.toMatchObject({ sqlState: 'LW001' });
    await expect(pool.query(merge, [MARA, alertId('nils', 'aurora', 1)])).rejects.toMatchObject({
      sqlState: 'LW001',
    });
  });
});

describe('a snooze', () => {
  const escalate = () => escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(3) });

  it('holds back what is due until its time, and gives all the time to act from there', async () => {
    now = after(23 * 60);
    await make({ change: 'snoozed', until: after(48 * 60) });
    now = after(47 * 60);
    expect(await escalate()).toBe(0);
    now = after(48 * 60);
    expect(await escalate()).toBe(1);
    expect(await life()).toMatchObject({ snoozedUntil: null, escalationLevel: 0, dueAt: after(72 * 60) });
    now = after(72 * 60);
    expect(await escalate()).toBe(1);
    expect(await life()).toMatchObject({ escalationLevel: 1 });
  });

  it('ends when it happens again, and not by history', async () => {
    await make({ change: 'snoozed', until: after(48 * 60) });
    await scene.detect({ ...detection({ nativeId: 'old' }), rescanJobId: 'job-1' });
    expect(await life()).toMatchObject({ snoozedUntil: after(48 * 60) });
    now = after(10);
    await scene.detect(detection({ nativeId: 'new' }));
    expect(await life()).toMatchObject({ snoozedUntil: null, dueAt: after(24 * 60 + 10) });
    const moves = await listTransitions(scene.store.pool, MARA);
    expect(moves.map(({ move, by }) => `${move} ${by}`)).toEqual([
      'opened leakwatch',
      'snoozed ana',
      'snooze-ended leakwatch',
    ]);
  });
});

describe('escalation', () => {
  it('goes up once a level, however many processes look, and is over when somebody acknowledges', async () => {
    const look = () =>
      Promise.all(
        Array.from({ length: 4 }, () =>
          escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(3) }),
        ),
      );
    for (const day of [1, 2, 3, 4, 5]) {
      now = after(day * 24 * 60);
      await look();
      await look();
    }
    const levels = (await listTransitions(scene.store.pool, MARA)).filter(({ move }) => move === 'escalated');
    expect(levels.map(({ reason }) => reason.slice(0, 12))).toEqual([
      'level 1 of 3',
      'level 2 of 3',
      'level 3 of 3',
    ]);
    await make({ change: 'acknowledged' });
    expect(await life()).toMatchObject({ escalationLevel: 0, escalatesAt: after(7 * 24 * 60) });
    now = after(7 * 24 * 60);
    await look();
    expect(await life()).toMatchObject({ state: 'acknowledged', escalationLevel: 1 });
    await expect
      .poll(async () =>
        (await scene.alertEvents()).map(({ change, alert }) => `${change} ${alert.escalationLevel}`),
      )
      .toEqual(['opened 0', 'escalated 1', 'escalated 2', 'escalated 3', 'acknowledged 0', 'escalated 1']);
  });

  it('is not for what only a re-scan has found, until a live post joins it', async () => {
    const old = { ...detection({ nativeId: 'old', creatorId: 'nils' }), rescanJobId: 'job-1' };
    await scene.detect(old);
    const id = alertId('nils', 'aurora', 1);
    expect(await life(id)).toMatchObject({ escalatesAt: null });
    now = after(60);
    await scene.detect(detection({ nativeId: 'live', creatorId: 'nils' }));
    expect(await life(id)).toMatchObject({ escalatesAt: after(25 * 60), dueAt: after(25 * 60) });
  });
});

describe('what on-call staff watch', () => {
  it('is how long alerts waited until somebody took notice, once each', async () => {
    now = after(30);
    await make({ change: 'acknowledged' });
    await make({ change: 'assigned', to: 'ben' });
    now = after(40);
    await make(confirmed);
    now = after(50);
    await make({ change: 'reopened' });
    now = after(52);
    await make(confirmed);
    await expect
      .poll(async () => {
        const { values } = await metrics.alertResponse.get();
        const of = (name: string) => values.filter(({ metricName }) => metricName?.endsWith(name));
        return [of('_count'), of('_sum')].map(([one]) => ({ labels: one?.labels, value: one?.value }));
      })
      .toEqual([
        { labels: { tier: '1', severity: 'medium' }, value: 2 },
        { labels: { tier: '1', severity: 'medium' }, value: 32 * 60 },
      ]);
  });

  it('is how many are in which state, and since when the oldest one that is not snoozed waits', async () => {
    const counts = async () =>
      (await countOpenAlerts(scene.store.pool)).map(
        ({ state, count, waitingSince }) =>
          `${count} ${state} since ${waitingSince?.toISOString() ?? 'never'}`,
      );
    await scene.detect(detection({ nativeId: 'n', creatorId: 'nils' }), {
      ...detection({ nativeId: 'l', creatorId: 'lou' }),
      rescanJobId: 'job-1',
    });
    await make({ change: 'snoozed', until: after(600) });
    expect(await counts()).toEqual([`3 open since ${NOW.toISOString()}`]);
    await make({ change: 'acknowledged' }, alertId('nils', 'aurora', 1));
    expect(await counts()).toEqual(['1 acknowledged since never', '2 open since never']);
  });

  it('is by when the next of them is to be acknowledged, however often it has escalated', async () => {
    const due = async () => (await countOpenAlerts(scene.store.pool)).map(({ dueAt }) => dueAt);
    const { dueAt, minutesToAct } = await life();
    expect(dueAt).toEqual(after(minutesToAct!));
    now = after(5);
    await scene.detect(detection({ nativeId: 'n', creatorId: 'nils' }));
    expect(await due()).toEqual([dueAt]);
    now = after(minutesToAct! + 1);
    await escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(3) });
    expect(await life()).toMatchObject({ escalationLevel: 1 });
    expect(await due()).toEqual([dueAt]);
    await make({ change: 'acknowledged' });
    await make({ change: 'snoozed', until: after(minutesToAct! + 600) }, alertId('nils', 'aurora', 1));
    expect(await due()).toEqual([null, null]);
  });
});
