import { alertId } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAlert } from '../desk/moves/change-alert.ts';
import { giveVerdict } from '../desk/moves/give-verdict.ts';
import { loadPlaybooks } from '../desk/playbooks/load-playbooks.ts';
import { checkItem, noteSent } from '../desk/playbooks/record-response.ts';
import { readTimeline } from '../desk/timeline.ts';
import { escalateOverdue } from '../incidents/life/escalate-overdue.ts';
import { fixedChain } from '../incidents/life/escalation-chain.ts';
import { detection, PUBLISHED_AT, revisionScan } from './support/detections.ts';
import { openScene, type Scene } from './support/scene.ts';

const MINUTE = 60_000;
const START = Date.parse(PUBLISHED_AT);

let scene: Scene;
/** The story's own clock: minutes since the first post was published. */
let now = new Date(START);
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
const goTo = (minutes: number) => {
  now = new Date(START + minutes * MINUTE);
};

beforeAll(async () => {
  scene = await openScene();
  // The app's own loop polls too seldom to interfere: the story escalates by itself.
  const escalation = { levels: 2, pollMs: 3_600_000 };
  await scene.start({ clock: () => now, config: { escalation } });
});
afterAll(() => scene.close());

const MARA = alertId('mara', 'borealis', 1);
const post = (nativeId: string, minutes: number, revision = 1) =>
  detection({
    nativeId,
    revision,
    campaignId: 'borealis',
    confidence: 0.8,
    publishedAt: at(minutes),
    observedAt: at(minutes + 1),
  });
const escalate = () => escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(2) });
const asAna = { alertId: MARA, by: 'ana', reason: '' };

it('an incident, from its first post through escalation, the edit, the verdict and what comes after', async () => {
  goTo(2);
  await scene.detect(post('reel', 0));

  goTo(30);
  expect(await escalate()).toBe(0);
  goTo(63);
  expect(await escalate()).toBe(1);
  expect(await escalate()).toBe(0);
  goTo(124);
  expect(await escalate()).toBe(1);

  goTo(130);
  await changeAlert(scene.store, { ...asAna, move: { change: 'acknowledged' } }, () => now);
  await changeAlert(scene.store, { ...asAna, move: { change: 'assigned', to: 'ben' } }, () => now);
  goTo(200);
  expect(await escalate()).toBe(0);
  await changeAlert(scene.store, { ...asAna, by: 'ben', move: { change: 'investigating' } }, () => now);

  const respond = { playbooks: await loadPlaybooks(undefined), clock: () => now };
  goTo(205);
  await checkItem(scene.store, { alertId: MARA, item: 'embargo', isDone: true, by: 'ben' }, respond);
  goTo(210);
  const text = 'Dear Mara, please take it down.';
  await noteSent(scene.store, { alertId: MARA, by: 'ben', via: 'e-mail', text }, respond);

  goTo(240);
  await scene.detect(
    revisionScan({ nativeId: 'reel', revision: 2, publishedAt: at(0), observedAt: at(239) }),
  );
  goTo(245);
  await giveVerdict(
    scene.store,
    { alertId: MARA, verdict: 'confirmed', reason: 'she has edited it', givenBy: 'ben' },
    () => now,
  );

  goTo(600);
  await scene.detect(post('story', 598));
  goTo(610);
  await giveVerdict(
    scene.store,
    { alertId: MARA, verdict: 'confirmed', reason: 'and again', givenBy: 'ana' },
    () => now,
  );
  goTo(700);
  await scene.detect({ ...post('old', -60), rescanJobId: 'job-1' });
  goTo(2110);
  await scene.detect(post('tomorrow', 2100));

  const timeline = await readTimeline(scene.store, MARA);
  const lines = timeline.map(({ at: when, what, by, note }) => {
    const minutes = String((when.getTime() - START) / MINUTE).padStart(4);
    return `${minutes}  ${what}${by === null ? '' : ` by ${by}`}${note === '' ? '' : `: ${note}`}`;
  });
  expect(lines).toEqual([
    ' -60  published',
    ' -59  fetched',
    ' -59  matched: text, confidence 0.8, found by a re-scan',
    '   0  published',
    '   1  fetched',
    '   1  matched: text, confidence 0.8',
    '   2  opened by leakwatch: now open; rule sensitive-campaign',
    '  63  escalated by leakwatch: now open; level 1 of 2: not acknowledged by 2026-11-20T10:02:00.000Z',
    ' 124  escalated by leakwatch: now open; level 2 of 2: not acknowledged by 2026-11-20T10:02:00.000Z',
    ' 130  acknowledged by ana: now acknowledged',
    ' 130  assigned by ana: now acknowledged; to ben',
    ' 180  removed: by edit',
    ' 200  investigating by ben: now investigating',
    ' 205  checked by ben: embargo',
    ' 210  sent by ben: text 84d905482bb5',
    ' 240  corrected by leakwatch: nothing that was found stands',
    ' 245  verdict-given by ben: now resolved; confirmed: she has edited it',
    ' 598  published',
    ' 599  fetched',
    ' 599  matched: text, confidence 0.8',
    ' 600  regressed by leakwatch: now open; found again after it was confirmed',
    ' 600  stands-again by leakwatch',
    ' 610  verdict-given by ana: now resolved; confirmed: and again',
  ]);

  // The verdict stands although a re-scan found one more. The post a day later is another incident.
  const alerts = await scene.alerts();
  expect(alerts.map(({ episode, state, regressions }) => ({ episode, state, regressions }))).toEqual([
    { episode: 2, state: 'open', regressions: 0 },
    { episode: 1, state: 'resolved', regressions: 1 },
  ]);
  await expect
    .poll(async () => (await scene.alertEvents()).map(({ change }) => change), { timeout: 30_000 })
    .toEqual([
      'opened',
      'escalated',
      'escalated',
      'acknowledged',
      'assigned',
      'investigating',
      'content-removed',
      'corrected',
      'verdict-given',
      'regressed',
      'verdict-given',
      'occurrence-added',
      'opened',
    ]);
});
