import { postThreadId, type SenderClass } from '@leakwatch/contracts';
import { freePorts } from '@leakwatch/kafka-local';
import { createMetrics } from '@leakwatch/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockPostThreads } from '../../../ingest/queries/lock-post-threads.ts';
import { registerSource } from '../../../ingest/queries/register-source.ts';
import { loadAlertingConfig } from '../../config.ts';
import { loadSampleOutcomes } from '../../measure/queries/load-sample-outcomes.ts';
import { noteCanaryArrivals } from '../../tell/queries/note-canary-arrivals.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';
import { AlertError } from '../../desk/find-alert.ts';
import { changeAlert } from '../../desk/moves/change-alert.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { countTips, listTips } from '../../desk/queries/tip-list.ts';
import { type Tip } from '../../desk/queries/tip-row.ts';
import { eraseTipContacts } from '../../desk/queries/tip-settle.ts';
import { readTimeline } from '../../desk/timeline.ts';
import { decideTip } from '../../desk/tips/decide-tip.ts';
import { nextTip } from '../../desk/tips/next-tip.ts';
import { receiveTip } from '../../desk/tips/receive-tip.ts';
import { settleTip } from '../../desk/tips/settle-tips.ts';

const LINK = 'https://instagram.com/p/p1';
const POST = { platform: 'instagram', instance: 'instagram.com', nativeId: 'p1' };
const { tips: SETTINGS } = loadAlertingConfig({});
const HOUR_MS = 3_600_000;

let scene: Scene;
let metrics: ReturnType<typeof createMetrics>;
beforeAll(async () => {
  scene = await openScene();
  // The app's own loop rests: these tests settle by themselves.
  await scene.start({ config: { tips: { ...SETTINGS, pollMs: HOUR_MS } } });
  await registerSource(scene.store.pool, { name: 'feed', transport: 'http', ...POST });
});
beforeEach(async () => {
  await scene.store.pool.query('DELETE FROM tip');
  await scene.store.pool.query('DELETE FROM post_thread');
  await scene.clear();
  metrics = createMetrics({ processMetrics: false });
});
afterAll(() => scene.close());

interface Said {
  links?: string[];
  post?: { platform: string; id: string; instance?: string };
  campaignId?: string;
  class?: SenderClass;
}
const tip = async ({ class: senderClass = 'peer', links = [], ...said }: Said) => {
  const sender = { name: 'agency', class: senderClass };
  const request = { links, seen: 'the new bottle', contact: 'peer@example.org', ...said };
  return (await receiveTip(scene.store.pool, request, { sender, key: null })).id;
};
const settle = async () => {
  while (await settleTip(scene.store, { metrics, clock: () => NOW }));
};
/** Backdates all reports by this much time. */
const passTime = (ms: number) =>
  scene.store.pool.query(
    `UPDATE tip SET received_at = received_at - $1 * interval '1 ms', next_look_at = now()`,
    [ms],
  );
const tips = (): Promise<Tip[]> => listTips(scene.store.pool, { state: null, alertId: null, limit: 100 });
const theAlert = async () => (await scene.alerts())[0]!;
const changes = async () => (await scene.alertEvents()).map(({ change }) => change);
const HEARD_POST = { revision: 1, postId: 'a'.repeat(64), contents: [], deletedAt: null, isDeleted: false };
const hearPost = () =>
  scene.store.transaction((tx) => lockPostThreads(tx, new Map([[postThreadId(POST), HEARD_POST]])));
const leak = detection({ canonicalUrl: LINK });

describe('a tip of a post that an alert has', () => {
  it('is attached to it by its address, however that was copied, and told until it is acknowledged', async () => {
    await scene.detect(leak);
    await tip({ links: ['http://www.instagram.com/p/p1/?igsh=abc&utm_source=x#top'] });
    await settle();
    const { id, state } = await theAlert();
    expect(await tips()).toMatchObject([{ state: 'attached', alertId: id, decidedBy: null }]);
    expect(state).toBe('open');
    await expect.poll(changes).toEqual(['opened', 'reported']);
    const lines = (await readTimeline(scene.store, id)).filter(({ what }) => what === 'reported');
    expect(lines.map(({ note }) => note)).toEqual(['by a peer']);
    expect(lines[0]?.details).toContain('the new bottle');
  });

  it('is attached by its platform and id, of whichever instance a source has posts', async () => {
    await scene.detect(leak);
    await tip({ post: { platform: 'instagram', id: 'p1' } });
    await settle();
    expect(await tips()).toMatchObject([{ state: 'attached', alertId: (await theAlert()).id }]);
  });

  it('says nothing to those who have taken it up, and moves nothing of what is resolved', async () => {
    await scene.detect(leak);
    const { id } = await theAlert();
    await changeAlert(
      scene.store,
      { alertId: id, move: { change: 'acknowledged' }, by: 'ana', reason: '' },
      () => NOW,
    );
    await tip({ links: [LINK] });
    await settle();
    await giveVerdict(
      scene.store,
      { alertId: id, verdict: 'confirmed', reason: 'r', givenBy: 'ana' },
      () => NOW,
    );
    await tip({ links: [LINK] });
    await settle();
    expect((await theAlert()).state).toBe('resolved');
    expect((await tips()).map(({ alertId }) => alertId)).toEqual([id, id]);
    await expect.poll(changes).toEqual(['opened', 'acknowledged', 'verdict-given']);
    expect(await countTips(scene.store.pool)).toEqual([
      { senderClass: 'peer', tips: 2, judged: 2, leaks: 2 },
    ]);
  });

  it('goes to the alert of the campaign that it names, where several have the post', async () => {
    await scene.detect(leak, detection({ canonicalUrl: LINK, campaignId: 'borealis' }));
    await tip({ links: [LINK], campaignId: 'aurora' });
    await tip({ links: [LINK], campaignId: 'borealis' });
    await settle();
    const campaigns = new Map((await scene.alerts()).map(({ id, campaignId }) => [id, campaignId]));
    const attached = (await tips()).map((one) => [one.campaignId, campaigns.get(one.alertId ?? '')]);
    expect(attached.toSorted()).toEqual([
      ['aurora', 'aurora'],
      ['borealis', 'borealis'],
    ]);
  });
});

it('a post is found by its address whatever characters it holds, and one with an untypable address by its id', async () => {
  const matched = 'null \u0000 and half a pair \ud83d';
  await scene.detect(
    detection({ canonicalUrl: LINK, matched }),
    detection({ nativeId: 'p2', canonicalUrl: `${LINK}\u0000` }),
  );
  await tip({ links: [LINK] });
  await tip({ post: { platform: 'instagram', id: 'p2', instance: 'instagram.com' } });
  await settle();
  expect((await tips()).map(({ state }) => state)).toEqual(['attached', 'attached']);
});

describe('a tip of a post that no alert has', () => {
  it('waits for the post, and is attached when an alert has it', async () => {
    await tip({ links: [LINK] });
    await settle();
    expect(await tips()).toMatchObject([{ state: 'waiting', postKnown: null }]);
    await scene.detect(leak);
    await passTime(10_000);
    await settle();
    expect(await tips()).toMatchObject([{ state: 'attached' }]);
  });

  it('goes to review where ingest has heard the post, and stays out of what recall is estimated from', async () => {
    await hearPost();
    await tip({ post: { platform: 'instagram', id: 'p1' } });
    await settle();
    expect(await tips()).toMatchObject([{ state: 'queued', postKnown: true }]);
    const shown = await nextTip(scene.store.pool, 'ann', () => NOW);
    expect(shown).toMatchObject({ nativeId: 'p1' });
    expect(await nextTip(scene.store.pool, 'bob', () => NOW)).toBeNull();
    expect(await nextTip(scene.store.pool, 'ann', () => NOW)).toMatchObject({ id: shown?.id });

    const review = { kind: 'review', verdict: 'leak', campaignId: 'aurora' } as const;
    await decideTip(scene.store, { id: shown!.id.slice(0, 8), by: 'ann', decision: review }, () => NOW);
    expect(await tips()).toMatchObject([{ state: 'reviewed', verdict: 'leak', campaignId: 'aurora' }]);
    const everything = { since: null, until: null, campaignId: null };
    expect(await loadSampleOutcomes(scene.store.pool, everything)).toEqual([]);
    expect(await nextTip(scene.store.pool, 'bob', () => NOW)).toBeNull();
  });

  it('goes to review after an hour, the public after all others, and still to an alert that comes late', async () => {
    const [ofPublic, ofPeer] = [
      await tip({ links: [LINK], class: 'community' }),
      await tip({ links: ['https://example.org/p2'] }),
    ];
    await settle();
    await passTime(HOUR_MS);
    await settle();
    expect((await tips()).map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect(await nextTip(scene.store.pool, 'ann', () => NOW)).toMatchObject({ id: ofPeer });
    expect(await nextTip(scene.store.pool, 'bob', () => NOW)).toMatchObject({ id: ofPublic });
    await scene.detect(leak);
    await passTime(0);
    await settle();
    const states = new Map((await tips()).map(({ id, state }) => [id, state]));
    expect([states.get(ofPublic), states.get(ofPeer)]).toEqual(['attached', 'queued']);
  });

  it('is looked at less often the longer it waits', async () => {
    await tip({ links: [LINK] });
    await passTime(20 * 60_000);
    await settle();
    const { rows } = await scene.store.pool.query(
      `SELECT extract(epoch FROM next_look_at - now())::integer BETWEEN 100 AND 121 AS later FROM tip`,
    );
    expect(rows).toEqual([{ later: true }]);
  });
});

describe('a person', () => {
  it('dismisses a tip with a reason, or says which alert has its post; the last word counts', async () => {
    const id = await tip({ links: ['https://example.org/elsewhere'] });
    const decide = (decision: Parameters<typeof decideTip>[1]['decision']) =>
      decideTip(scene.store, { id, by: 'ann', decision }, () => NOW);
    await expect(decide({ kind: 'dismiss', reason: ' ' })).rejects.toThrow('takes a reason');
    await decide({ kind: 'dismiss', reason: 'an old picture' });
    await passTime(HOUR_MS);
    await settle();
    expect(await tips()).toMatchObject([
      { state: 'dismissed', reason: 'an old picture', decidedBy: 'ann', decidedAt: NOW },
    ]);
    await scene.detect(leak);
    const alert = await theAlert();
    await decide({ kind: 'attach', alertId: alert.id.slice(0, 8) });
    expect(await tips()).toMatchObject([
      { state: 'attached', alertId: alert.id, decidedBy: 'ann', reason: null },
    ]);
    await decide({ kind: 'attach', alertId: alert.id.slice(0, 8) });
    await expect.poll(changes).toEqual(['opened', 'reported']);
  });

  it('is told where there is no such tip or alert', async () => {
    const decide = (id: string, alertId = 'abcdef') =>
      decideTip(scene.store, { id, by: 'ann', decision: { kind: 'attach', alertId } });
    await scene.detect(leak);
    const { id: alertId } = await theAlert();
    await expect(decide('xyz', alertId)).rejects.toThrow("is not a tip's id");
    await expect(decide('abcdef', alertId)).rejects.toBeInstanceOf(AlertError);
    await expect(decide(await tip({ links: [LINK] }), 'ffffffffff')).rejects.toMatchObject({
      code: 'unknown-alert',
    });
  });
});

it('a tip that can not be settled is put off and logged, and keeps no other waiting', async () => {
  await scene.detect(leak);
  const broken = await tip({ links: [LINK] });
  await passTime(HOUR_MS);
  const sound = await tip({ links: [LINK] });
  await scene.store.pool.query(
    `ALTER TABLE tip ADD CONSTRAINT nobody_attaches CHECK (id <> '${broken}' OR state <> 'attached')`,
  );
  try {
    await expect(settle()).rejects.toThrow('nobody_attaches');
    await settle();
    expect(Object.fromEntries((await tips()).map(({ id, state }) => [id, state]))).toEqual({
      [broken]: 'waiting',
      [sound]: 'attached',
    });
  } finally {
    await scene.store.pool.query('ALTER TABLE tip DROP CONSTRAINT nobody_attaches');
  }
});

it('two processes at once attach each tip once, and tell of it once', async () => {
  await scene.detect(leak, detection({ nativeId: 'p2', creatorId: 'nils', canonicalUrl: `${LINK}2` }));
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => tip({ links: [index % 2 ? LINK : `${LINK}2`] })),
  );
  await Promise.all([settle(), settle()]);
  expect((await tips()).map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'attached'));
  await expect.poll(async () => (await changes()).filter((change) => change === 'reported').length).toBe(20);
  const counted = await metrics.tips.get();
  expect(counted.values).toMatchObject([{ labels: { class: 'peer', outcome: 'attached' }, value: 20 }]);
});

it('an alerting process settles what was reported while none was up', async () => {
  await scene.detect(leak);
  await tip({ links: [LINK] });
  await scene.start({ config: { tips: { ...SETTINGS, pollMs: 20 } } });
  await until(async () => (await tips())[0]?.state === 'attached');
});

it('an alerting process takes tips over HTTP where it has a port and tokens, and not for want of either', async () => {
  const token = 'a-token-of-24-characters';
  const tokens = [{ name: 'agency', class: 'peer' as const, token }];
  const [port = 0, silentPort = 0] = await freePorts(2);
  await scene.start({ config: { tips: { ...SETTINGS, port, tokens, pollMs: 20 } } });
  await scene.start({ config: { tips: { ...SETTINGS, port: silentPort } } });
  await scene.detect(leak);
  const send = (to: number) =>
    fetch(`http://127.0.0.1:${to}/v1/tips`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ links: [LINK] }),
    });
  expect((await send(port)).status).toBe(202);
  await until(async () => (await tips())[0]?.state === 'attached');
  await expect(send(silentPort)).rejects.toThrow('fetch failed');
});

it("a tip stays when its alert is deleted, as a canary's is", async () => {
  await scene.detect(leak);
  const { id, occurrences } = await theAlert();
  await tip({ links: [LINK] });
  await settle();
  await until(async () => (await changes()).includes('reported'));
  const { lane, post } = occurrences[0]!.detection;
  await until(async () => {
    const { rowCount } = await scene.store.pool.query('SELECT FROM alert_delivery');
    return rowCount === 0;
  });
  await scene.store.transaction((tx) => noteCanaryArrivals(tx, [{ alertId: id, postId: post.id, lane }]));
  expect(await scene.alerts()).toEqual([]);
  expect(await tips()).toMatchObject([{ state: 'attached', alertId: null }]);
});

it('how to reach a sender is erased when its time is over', async () => {
  await tip({ links: [LINK] });
  expect(await eraseTipContacts(scene.store.pool, HOUR_MS)).toBe(0);
  await passTime(2 * HOUR_MS);
  expect(await eraseTipContacts(scene.store.pool, HOUR_MS)).toBe(1);
  expect(await tips()).toMatchObject([{ contact: null, seen: 'the new bottle' }]);
});
