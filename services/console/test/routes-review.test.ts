import { sha256Hex } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RoutesSchema, type Routes } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

const CHANNELS = {
  LEAKWATCH_SLACK_WEBHOOK_URL: 'http://127.0.0.1:9/',
  LEAKWATCH_PAGERDUTY_ROUTING_KEY: 'only-for-this-test',
};
const TEXT = 'routes:\n  - name: serious\n    when: { severities: [critical] }\n    channels: [pagerduty]\n';

let scene: Scene;
let lea: Browser;
let ben: Browser;
beforeAll(async () => {
  scene = await openScene(CHANNELS);
  lea = await scene.person('lea', 'lead');
  ben = await scene.person('ben', 'lead');
});
afterAll(() => scene.close());

const routes = async (who: Browser): Promise<Routes> =>
  RoutesSchema.parse((await who.get('/v1/routes')).body);

it('routes are proposed by one lead and put in force by another, each with a line in the audit log', async () => {
  expect(await routes(lea)).toEqual({ source: 'none', text: null, problems: [], proposal: null });
  const broken = await lea.post('/v1/routes/proposals', {
    text: TEXT.replace('pagerduty', 'pigeon'),
    reason: 'a try',
  });
  expect(broken.status).toBe(400);
  expect(broken.text).toContain('routes:4:16: route `serious`: the channel `pigeon` is not set up');
  const proposed = await lea.post('/v1/routes/proposals', { text: TEXT, reason: 'who sleeps, sleeps' });
  expect(proposed.status, proposed.text).toBe(200);
  const { proposal, source } = await routes(ben);
  expect(source).toBe('none');
  expect(proposal).toMatchObject({
    by: 'lea',
    reason: 'who sleeps, sleeps',
    text: TEXT,
    hash: sha256Hex(TEXT),
  });
  expect((await ben.post('/v1/routes/proposals', { text: TEXT, reason: 'mine' })).status).toBe(409);
  const { rows } = await scene.store.pool.query(
    `SELECT actor FROM audit_entry WHERE action = 'routes-proposed'`,
  );
  expect(rows).toEqual([{ actor: 'lea' }]);
  const decide = (who: Browser, decision: string, of = 'routes') =>
    who.post(`/v1/${of}/proposals/${proposal?.id ?? ''}`, { decision });
  const own = await decide(lea, 'approved');
  expect(own.status).toBe(409);
  expect(own.body['detail']).toContain('another person approves');
  expect((await decide(ben, 'approved', 'rules')).status).toBe(409);
  expect((await decide(ben, 'approved')).status).toBe(200);
  expect(await routes(lea)).toEqual({ source: 'agreed', text: TEXT, problems: [], proposal: null });
  expect((await decide(ben, 'refused')).status).toBe(409);
  const { text: log } = await scene.admin.get('/v1/audit');
  expect(log).toMatch(/routes-approved.*routes-proposed/);

  const tried = await lea.post('/v1/routes/try', { text: 'routes: [{ name: all, channels: [slack] }]' });
  expect(tried.status, tried.text).toBe(200);
});

it('routes that name a channel that is gone are shown with why, and may be replaced', async () => {
  await scene.store.pool.query(
    `INSERT INTO proposal (kind, text, hash, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
     VALUES ('routes', $1, 'h', 'r', 'lea', now(), 'approved', 'ben', now())`,
    [TEXT.replace('pagerduty', 'email')],
  );
  expect(await routes(ben)).toMatchObject({
    source: 'agreed',
    problems: [expect.stringMatching(/:4:16: route `serious`: the channel `email` is not set up/)],
  });
  const proposed = await lea.post('/v1/routes/proposals', { text: 'routes: []\n', reason: 'to all' });
  expect(proposed.status, proposed.text).toBe(200);
  const { id = '' } = (await routes(ben)).proposal ?? {};
  expect((await ben.post(`/v1/routes/proposals/${id}`, { decision: 'approved' })).status).toBe(200);
  expect(await routes(ben)).toMatchObject({ text: 'routes: []\n', problems: [] });
});

it('routes are changed by leads of all campaigns only, and not where the operator keeps a file', async () => {
  const body = { text: TEXT, reason: 'no' };
  const ana = await scene.person('ana', 'analyst');
  const olga = await scene.person('olga', 'lead', ['borealis']);
  for (const who of [ana, olga]) {
    expect((await who.get('/v1/routes')).status).toBe(403);
    expect((await who.post('/v1/routes/proposals', body)).status).toBe(403);
    expect((await who.post('/v1/routes/proposals/1', { decision: 'approved' })).status).toBe(403);
  }
  const operators = await openScene({ ...CHANNELS, LEAKWATCH_ROUTES: 'routes.yaml' });
  try {
    const refused = await operators.admin.post('/v1/routes/proposals', body);
    expect(refused.status).toBe(409);
    expect(refused.body['detail']).toContain('LEAKWATCH_ROUTES');
  } finally {
    await operators.close();
  }
});
