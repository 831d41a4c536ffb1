import { alertId } from '@leakwatch/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeAlert, type AnalystMove } from '../../desk/moves/change-alert.ts';
import { escalateOverdue } from '../../incidents/life/escalate-overdue.ts';
import { fixedChain } from '../../incidents/life/escalation-chain.ts';
import { detection } from '../support/detections.ts';
import { openPagerDuty, ROUTING_KEY, type PagerDuty } from '../support/pagerduty.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';

const HOUR = 3_600_000;
const MARA = alertId('mara', 'borealis', 1);

let scene: Scene;
let pagerDuty: PagerDuty;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  [scene, pagerDuty] = await Promise.all([openScene(), openPagerDuty()]);
  await scene.start({
    clock: () => now,
    config: {
      pagerDuty: { url: pagerDuty.url, routingKey: ROUTING_KEY, timeoutMs: 2000 },
      escalation: { levels: 2, pollMs: HOUR },
      digestEveryMs: null,
      delivery: { ...DEFAULT_DELIVERY, pollMs: 20 },
    },
  });
});
afterEach(async () => {
  await scene.close();
  await pagerDuty.close();
});

const make = (move: AnalystMove) =>
  changeAlert(scene.store, { alertId: MARA, move, by: 'ana', reason: 'because' }, () => now);
async function escalateLater(): Promise<void> {
  now = new Date(now.getTime() + 96 * HOUR);
  expect(await escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(2) })).toBe(1);
}
/** Waits until this many changes are told. */
const told = (changes: number) =>
  until(async () => {
    const notices = await listNotices(scene.store.pool, { limit: 100 });
    return notices.filter(({ deliveredAt }) => deliveredAt !== null).length === changes;
  });

it('PagerDuty calls for each escalation, even after an acknowledgement, and all ends with the alert', async () => {
  await scene.detect(detection({ campaignId: 'borealis' }));
  await escalateLater();
  await told(2);
  expect(pagerDuty.calls()).toEqual([MARA, `${MARA}/1`]);

  await make({ change: 'acknowledged' });
  await told(3);
  expect(pagerDuty.incidents()).toEqual({ [MARA]: 'acknowledged', [`${MARA}/1`]: 'acknowledged' });

  // Level 1 again: the acknowledgement ended the first chain.
  await escalateLater();
  await told(4);
  expect((await scene.alerts())[0]).toMatchObject({ state: 'acknowledged', escalationLevel: 1 });
  expect(pagerDuty.calls()).toEqual([MARA, `${MARA}/1`, `${MARA}/2`]);

  await make({ change: 'assigned', to: 'ben' });
  await told(5);
  expect(pagerDuty.incidents()[`${MARA}/2`]).toBe('triggered');
  await make({ change: 'investigating' });
  await told(6);
  expect(pagerDuty.incidents()[`${MARA}/2`]).toBe('acknowledged');

  await make({ change: 'verdict-given', verdict: 'confirmed' });
  await told(7);
  expect(new Set(Object.values(pagerDuty.incidents()))).toEqual(new Set(['resolved']));

  await make({ change: 'reopened' });
  await told(8);
  expect(pagerDuty.calls().at(-1)).toBe(MARA);
});

it('PagerDuty calls again when a snooze is over', async () => {
  await scene.detect(detection({ campaignId: 'borealis' }));
  await make({ change: 'snoozed', until: new Date(now.getTime() + HOUR) });
  await told(2);
  expect(pagerDuty.incidents()).toEqual({ [MARA]: 'acknowledged' });
  now = new Date(now.getTime() + 2 * HOUR);
  await escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(2) });
  await told(3);
  expect(pagerDuty.calls()).toEqual([MARA, `${MARA}/1`]);
});
