import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silence } from '@leakwatch/alerting/desk';
import { deadLetterOfInput, deadLetterOfRecord } from '@leakwatch/event-log';
import { BUILT_IN_RULESET } from '@leakwatch/tier-rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TriedRoutesSchema } from '../api/schemas/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

const ROUTES =
  'routes:\n  - name: serious\n    when: { severities: [critical, high] }\n    channels: [slack]\n';
const closers: (() => Promise<void>)[] = [];
let scene: Scene;
let lea: Browser;
let ana: Browser;
let outsider: Browser;
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-routes-'));
  const file = path.join(folder, 'routes.yaml');
  await writeFile(file, ROUTES);
  scene = await openScene({
    LEAKWATCH_ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/',
    LEAKWATCH_ALERT_WEBHOOK_SECRET: `whsec_${Buffer.from('only for this test of routes').toString('base64')}`,
    LEAKWATCH_SLACK_WEBHOOK_URL: 'http://127.0.0.1:9/',
    LEAKWATCH_ROUTES: file,
  });
  closers.push(() => rm(folder, { recursive: true }));
  lea = await scene.person('lea', 'lead');
  ana = await scene.person('ana', 'analyst');
  outsider = await scene.person('olga', 'lead', ['borealis']);
});
afterAll(async () => {
  await scene.close();
  for (const close of closers) await close();
});

const acts = async () => {
  const { items } = (await lea.get('/v1/audit')).body;
  return JSON.stringify(items);
};

describe('a re-scan', () => {
  it('is estimated, asked for in the person’s name, paused, resumed and cancelled', async () => {
    const body = { campaigns: ['aurora'], dryRun: true };
    expect((await lea.post('/v1/rescans/estimate', body)).body).toEqual({ fingerprints: 0, seconds: null });
    const started = await lea.post('/v1/rescans', body);
    expect(started.status, started.text).toBe(200);
    const id = String(started.body['id']);
    const state = async () => (await lea.get(`/v1/rescans/${id}`)).body['state'];
    expect(await state()).toBe('waiting');
    expect((await lea.get('/v1/rescans')).body).toMatchObject({ items: [{ id, requestedBy: 'lea' }] });
    const change = (to: string) => lea.post(`/v1/rescans/${id}/changes`, { change: to });
    expect((await change('pause')).body).toEqual({ changed: [id] });
    expect(await state()).toBe('paused');
    expect((await change('resume')).status).toBe(200);
    expect((await change('cancel')).status).toBe(200);
    expect(await state()).toBe('cancelled');
    expect((await change('resume')).body).toMatchObject({
      problems: [expect.stringContaining(`re-scan ${id} is cancelled`)],
    });
    expect(await acts()).toContain('rescan-cancel');
  });

  it('of everything by schedule is told with its next time', async () => {
    const schedule = async () => (await lea.get('/v1/rescans')).body['schedule'];
    expect(await schedule()).toBeNull();
    await scene.store.pool.query(
      `INSERT INTO pgboss.schedule (name, cron, timezone) VALUES ('rescan-schedule', '0 3 * * *', 'Europe/Paris')`,
    );
    scene.clock.now = new Date('2026-07-01T12:00:00Z');
    expect(await schedule()).toEqual({
      cron: '0 3 * * *',
      timeZone: 'Europe/Paris',
      nextAt: '2026-07-02T01:00:00.000Z',
    });
    scene.clock.now = new Date();
  });

  it('of a campaign that there is not is refused, and so are those who see a part', async () => {
    const wrong = await lea.post('/v1/rescans/estimate', { campaigns: ['no-such'] });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('no-such');
    expect((await outsider.post('/v1/rescans', {})).status).toBe(403);
    expect((await ana.post('/v1/rescans', {})).status).toBe(403);
  });
});

describe('a dead letter', () => {
  it('goes back to its topic, and one that needs its source says so', async () => {
    const at = new Date();
    const failure = {
      stage: 'matcher-text',
      reason: 'invalid-record',
      message: 'no',
      attempts: 3,
      firstFailedAt: at,
      lastFailedAt: at,
    };
    const noBlob = () => Promise.reject(new Error('the payload is small'));
    const record = {
      topic: 'posts',
      key: 'mara',
      value: Buffer.from('{}'),
      headers: {},
      partition: 0,
      offset: 0n,
      appendedAt: at,
    };
    const input = { source: 'jsonl', place: 'posts.jsonl:17', payload: Buffer.from('x') };
    await scene.log.publish([
      await deadLetterOfRecord(record, failure, noBlob),
      await deadLetterOfInput(input, { ...failure, stage: 'ingest' }, noBlob),
    ]);
    const { body } = await ana.get('/v1/dead-letters');
    expect(body).toMatchObject({ total: 2 });
    const text = JSON.stringify(body['items']);
    expect(text).toContain('posts/0@0');
    expect(text).toContain('jsonl posts.jsonl:17');
    const ids = [...text.matchAll(/"id":"([0-9a-f]{64})"/g)].map(([, id]) => id);
    const before = await scene.log.endOffsets('posts');
    const replayed = await lea.post('/v1/dead-letters/replay', { ids });
    expect(replayed.body).toMatchObject({ replayed: 1, failed: [{}] });
    expect(replayed.text).toContain('which must take it in again');
    expect((await scene.log.endOffsets('posts')).get(0)).toBe((before.get(0) ?? 0n) + 1n);
    expect((await ana.get('/v1/dead-letters')).body).toMatchObject({ total: 1 });
    expect((await lea.post('/v1/dead-letters/replay', { ids: ['no-such'] })).body).toMatchObject({
      replayed: 0,
      failed: [{ id: 'no-such' }],
    });
    expect((await ana.post('/v1/dead-letters/replay', { ids })).status).toBe(403);
  });
});

describe('a silence', () => {
  const endsAt = () => new Date(Date.now() + 3_600_000).toISOString();

  it('is made and ended by a lead, with lines in the audit log', async () => {
    const made = await lea.post('/v1/silences', {
      campaignId: 'aurora',
      itemId: 'ember',
      endsAt: endsAt(),
      reason: 'the brand posts itself',
    });
    expect(made.status, made.text).toBe(200);
    expect((await ana.get('/v1/silences')).body).toMatchObject({
      items: [{ id: made.body['id'], madeBy: 'lea', itemId: 'ember' }],
    });
    expect((await lea.send('DELETE', `/v1/silences/${String(made.body['id'])}`)).status).toBe(200);
    expect((await ana.get('/v1/silences')).body).toEqual({ items: [] });
    expect(await acts()).toMatch(/silence-ended.*silenced/s);
  });

  it('about everything, without a reason, or longer than a year is refused', async () => {
    const refused = async (body: object) => (await lea.post('/v1/silences', body)).status;
    expect(await refused({ endsAt: endsAt(), reason: 'all' })).toBe(400);
    expect(await refused({ tier: 1, endsAt: endsAt(), reason: '  ' })).toBe(400);
    expect(await refused({ tier: 1, endsAt: '2099-01-01T00:00:00Z', reason: 'long' })).toBe(400);
    expect((await ana.post('/v1/silences', { tier: 1, endsAt: endsAt(), reason: 'x' })).status).toBe(403);
  });

  it('of what nobody knows is refused, and its line in the audit log says what it is about', async () => {
    const ask = (matcher: object) => lea.post('/v1/silences', { ...matcher, endsAt: endsAt(), reason: 'x' });
    for (const [matcher, what] of [
      [{ creatorId: 'nope-creator' }, 'creator `nope-creator`'],
      [{ campaignId: 'nope' }, 'campaign `nope`'],
      [{ campaignId: 'aurora', itemId: 'nope' }, 'term or asset `nope`'],
    ] as const) {
      expect(await ask(matcher)).toMatchObject({
        status: 400,
        body: { problems: [`there is no ${what}: the silence would silence nothing`] },
      });
    }
    const made = await ask({ creatorId: 'mara' });
    expect(made.status, made.text).toBe(200);
    const { rows } = await scene.store.pool.query(
      "SELECT detail::json FROM audit_entry WHERE action = 'silenced' ORDER BY seq DESC LIMIT 1",
    );
    expect(rows).toMatchObject([{ detail: { creatorId: 'mara', reason: 'x' } }]);
    await lea.send('DELETE', `/v1/silences/${String(made.body['id'])}`);
  });

  it('of another campaign is neither made nor ended', async () => {
    const about = async (matcher: object) =>
      (await outsider.post('/v1/silences', { ...matcher, endsAt: endsAt(), reason: 'x' })).status;
    expect(await about({ campaignId: 'aurora' })).toBe(403);
    expect(await about({ creatorId: 'mara' })).toBe(403);
    expect(await about({ campaignId: 'borealis' })).toBe(200);
    const other = await silence(scene.store, {
      matcher: { campaignId: 'aurora' },
      startsAt: null,
      endsAt: new Date(Date.now() + 3_600_000),
      reason: 'x',
      by: 'ada',
    });
    expect((await outsider.send('DELETE', `/v1/silences/${other.id}`)).status).toBe(404);
  });
});

describe('rules', () => {
  it('are tried against the stored detections, and broken ones are told with their place', async () => {
    await scene.raise({ creatorId: 'mara' });
    const tried = await lea.post('/v1/rules/try', { text: BUILT_IN_RULESET });
    expect(tried.status, tried.text).toBe(200);
    expect(tried.body).toMatchObject({ detections: 1, alertsBefore: 1, precisionBefore: { n: 0 } });
    const broken = await lea.post('/v1/rules/try', { text: 'version: 1\nrulez: []\n' });
    expect(broken.status).toBe(400);
    expect(broken.text).toMatch(/rules:1:1: .*rulez/);
    expect((await outsider.post('/v1/rules/try', { text: BUILT_IN_RULESET })).status).toBe(403);
  });
});

describe('routes', () => {
  it('are read, and others are tried on what was told before: nobody is told', async () => {
    expect((await lea.get('/v1/routes')).body).toEqual({
      source: 'file',
      text: ROUTES,
      problems: [],
      proposal: null,
    });
    const high = await scene.raise({ creatorId: 'rita', severity: 'high' });
    const low = await scene.raise({ creatorId: 'sid', severity: 'low' });
    for (const id of [high, low]) {
      const version = String((await ana.get(`/v1/incidents/${id}/item`)).body['version']);
      await ana.post(`/v1/incidents/${id}/moves`, { version, move: { change: 'acknowledged' } });
    }
    const events = await scene.store.pool.query('SELECT FROM alert_outbox');
    const text = ROUTES.replace('[slack]', '[webhook]');
    const tried = await lea.post('/v1/routes/try', { text });
    expect(tried.status, tried.text).toBe(200);
    const { channels, moved, movedTotal } = TriedRoutesSchema.parse(tried.body);
    const [webhook, slack] = channels;
    expect([webhook?.channel, slack?.channel]).toEqual(['webhook', 'slack']);
    const isMoved = moved.map(({ alertId }) => alertId);
    expect(isMoved).toContain(high);
    expect(isMoved).not.toContain(low);
    expect(moved[0]).toMatchObject({ change: 'acknowledged', before: ['slack'], after: ['webhook'] });
    // A serious one went to Slack and would go to the webhook; all others go to both, before and after.
    expect((webhook?.after ?? 0) - (webhook?.before ?? 0)).toBe(movedTotal);
    expect((slack?.before ?? 0) - (slack?.after ?? 0)).toBe(movedTotal);
    expect(tried.body['events']).toBe(events.rowCount);
    expect((await scene.store.pool.query('SELECT FROM alert_delivery')).rowCount).toBe(0);
  });

  it('that are broken are told with their place, and a lead of some campaigns tries none', async () => {
    const broken = await lea.post('/v1/routes/try', {
      text: 'routes:\n  - name: x\n    channels: [pigeon]\n',
    });
    expect(broken.status).toBe(400);
    expect(broken.text).toMatch(/routes:3:16: route `x`: the channel `pigeon` is not set up/);
    expect((await outsider.post('/v1/routes/try', { text: ROUTES })).status).toBe(403);
    expect((await ana.post('/v1/routes/try', { text: ROUTES })).status).toBe(403);
  });
});
