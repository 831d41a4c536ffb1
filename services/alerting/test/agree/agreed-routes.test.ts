/** Routes that people agree on, where the operator keeps no file: one proposes, another approves, notices follow. */
import { sha256Hex } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { openOlderTestStore } from '@leakwatch/store/testing';
import { migrate } from '@leakwatch/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { decideProposal, ProposalError, proposeText } from '../../agree/change-text.ts';
import { loadAgreed, loadOpenProposal } from '../../agree/queries/proposals.ts';
import { loadAlertingConfig, type AlertingConfig } from '../../config.ts';
import { AGREED_RULES } from '../../judge/agreed-rules.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';
import { agreedRoutes } from '../../tell/routing/agreed-routes.ts';
import { followRoutes } from '../../tell/routing/follow-routes.ts';
import { detection } from '../support/detections.ts';
import { openHttpReceiver } from '../support/http-receiver.ts';
import { openReceiver, SECRET, type Receiver } from '../support/receiver.ts';
import { openScene, until, type Scene } from '../support/scene.ts';

const SLACK_ONLY = 'details: { slack: [creator] }\nroutes: [{ name: all, channels: [slack] }]\n';
const at = new Date('2026-11-20T12:00:00Z');

let scene: Scene;
let webhook: Receiver;
let slack: Awaited<ReturnType<typeof openSlack>>;
beforeEach(async () => {
  [scene, webhook, slack] = await Promise.all([openScene(), openReceiver(), openSlack()]);
});
afterEach(async () => {
  await scene.close();
  await Promise.all([webhook.close(), slack.close()]);
});

const openSlack = () => openHttpReceiver(z.object({ text: z.string(), blocks: z.array(z.unknown()) }));
const onlyWebhook = (): Partial<AlertingConfig> => ({
  digestEveryMs: null,
  webhook: { url: webhook.url, secret: SECRET, timeoutMs: 2000 },
  delivery: { ...DEFAULT_DELIVERY, pollMs: 20 },
});
const bothChannels = (): Partial<AlertingConfig> => ({
  ...onlyWebhook(),
  slack: { url: slack.url, timeoutMs: 2000 },
});
const routes = (config = bothChannels()) => agreedRoutes({ ...loadAlertingConfig({}), ...config });
const propose = (text: string, by = 'lea') =>
  proposeText(scene.store, routes(), { text, reason: 'fewer notices', by, at });
const decide = (id: string, decision: 'approved' | 'refused' | 'withdrawn', by: string) =>
  decideProposal(scene.store, routes(), { id, decision, by, note: '', at });
const agreeOn = async (text: string) => decide((await propose(text)).id, 'approved', 'ben');

/** Tells the channels of a post's notice; each post is told of by itself. */
async function channelsOf(nativeId: string): Promise<string[]> {
  const before = (await listNotices(scene.store.pool, { limit: 1000 })).map(({ id }) => id);
  await scene.detect(detection({ nativeId }));
  const fresh = async () =>
    (await listNotices(scene.store.pool, { limit: 1000 })).filter(({ id }) => !before.includes(id));
  await until(async () => (await fresh()).length > 0);
  return [...new Set((await fresh()).map(({ channel }) => channel))].toSorted();
}

it('are followed by a running alerting once another person has approved them', async () => {
  const { app } = await scene.start({ config: bothChannels() });
  const { id, hash } = await propose(SLACK_ONLY);
  expect(hash).toBe(sha256Hex(SLACK_ONLY));
  expect(await channelsOf('p0')).toEqual(['slack', 'webhook']);
  await decide(id, 'approved', 'ben');
  let post = 0;
  await until(async () => (await channelsOf(`q${(post += 1)}`)).join() === 'slack');
  expect(await channelsOf('last')).toEqual(['slack']);
  await app.stop();
  expect(JSON.stringify(slack.accepted.at(-1))).toContain('mara');
});

it('stop nothing and lose nothing where they name a channel that is no longer set up', async () => {
  await agreeOn(SLACK_ONLY);
  const { app, metrics } = await scene.start({ config: onlyWebhook() });
  const problem = await app.warnings?.[0]?.check().then(
    () => null,
    (error: unknown) => String(error),
  );
  expect(problem).toContain(
    'every channel is told everything, as the routes agreed on name what is not set up: slack',
  );
  await expect(app.ready()).resolves.toBeUndefined();
  expect((await metrics.stageFailures.get()).values).toMatchObject([
    { labels: { stage: 'alerting', reason: 'routes' }, value: 1 },
  ]);
  await scene.detect(detection());
  await app.stop();
  expect(webhook.accepted.map(({ notice }) => notice.type)).toEqual(['alert.opened']);
  expect(webhook.accepted[0]?.body).not.toContain('mara');
});

it('say that all is well once they can be used, and when they can be used again', async () => {
  const heard: string[] = [];
  const follower = await followRoutes({
    file: undefined,
    db: scene.store.pool,
    channels: ['webhook'],
    onChange: () => void heard.push('in force'),
    onBroken: (summary) => void heard.push(summary),
    onError: (error) => void heard.push(error.message),
    pollMs: 10,
  });
  await agreeOn(SLACK_ONLY);
  await until(() => follower.current().broken !== null);
  expect(follower.current()).toMatchObject({
    routes: { routes: [] },
    broken: { problems: [expect.stringMatching(/console:1:\d+: details: .*`slack`/), expect.anything()] },
  });
  await agreeOn('routes: [{ name: none, channels: [] }]\n');
  await until(() => follower.current().broken === null);
  await follower.stop();
  expect(follower.current().routes.routes).toMatchObject([{ name: 'none' }]);
  expect(heard).toEqual([expect.stringMatching(/not set up: slack$/), 'in force']);
});

it('are approved by another person than proposed them, beside a change of the rules, and name channels that there are', async () => {
  await expect(propose('routes: [{ name: all, channels: [fax] }]\n')).rejects.toThrow(UsageError);
  await expect(propose('routs: []\n')).rejects.toThrow(/routes:1:1: .*routs/);
  const { id } = await propose(SLACK_ONLY);
  const rules = await proposeText(
    scene.store,
    { ...AGREED_RULES, check: sha256Hex },
    {
      text: 'rules',
      reason: 'at the same time',
      by: 'lea',
      at,
    },
  );
  await expect(propose(SLACK_ONLY, 'ben')).rejects.toThrow('another change of the routes waits');
  await expect(decide(id, 'approved', 'lea')).rejects.toThrow('two stand behind the routes');
  await expect(decide(rules.id, 'approved', 'ben')).rejects.toThrow(ProposalError);
  const gone = decideProposal(scene.store, routes(onlyWebhook()), {
    id,
    decision: 'approved',
    by: 'ben',
    note: '',
    at,
  });
  await expect(gone).rejects.toThrow('the channel `slack` is not set up: there are webhook');
  await decide(id, 'approved', 'ben');
  expect(await loadAgreed(scene.store.pool, 'routes')).toBe(SLACK_ONLY);
  expect(await loadAgreed(scene.store.pool, 'rules')).toBeNull();
  expect((await loadOpenProposal(scene.store.pool, 'rules'))?.id).toBe(rules.id);
});

it('came after rules: those that were agreed on before count on', async () => {
  const older = await openOlderTestStore(41);
  try {
    await older.pool.query(
      `INSERT INTO rules_proposal (text, hash, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
       VALUES ('agreed', 'h1', 'r', 'lea', now(), 'approved', 'ben', now()), ('open', 'h2', 'r', 'lea', now(), NULL, NULL, NULL)`,
    );
    await migrate(older.pool);
    expect(await loadAgreed(older.pool, 'rules')).toBe('agreed');
    expect(await loadAgreed(older.pool, 'routes')).toBeNull();
    expect((await loadOpenProposal(older.pool, 'rules'))?.text).toBe('open');
  } finally {
    await older.drop();
  }
});
