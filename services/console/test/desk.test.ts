/** What the command line changes beside alerts: pins of tiers, notices, tips, holds, a poll of one account. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../api/audit/index.ts';
import { type Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let lea: Browser;
let ana: Browser;
let vic: Browser;
let outsider: Browser;
beforeAll(async () => {
  scene = await openScene({ LEAKWATCH_POLL_ALLOW_PRIVATE: 'true' });
  lea = await scene.person('lea', 'lead');
  ana = await scene.person('ana', 'analyst');
  vic = await scene.person('vic', 'viewer');
  outsider = await scene.person('olga', 'lead', ['borealis']);
});
afterAll(() => scene.close());

const actionsOf = async (actor: string) => {
  const { rows } = await scene.store.pool.query(
    'SELECT action FROM audit_entry WHERE actor = $1 ORDER BY seq',
    [actor],
  );
  return JSON.stringify(rows);
};

describe('a pin of a tier', () => {
  const pin = { creatorId: 'mara', campaignId: 'aurora', tier: 4, reason: 'a rumour' };
  const expiresAt = () => new Date(scene.clock.now.getTime() + 86_400_000).toISOString();

  it('is set by a lead in their name until it expires, and ended; alerting decides the tier again', async () => {
    const set = await lea.post('/v1/tier-pins', { ...pin, expiresAt: expiresAt() });
    expect(set.status, set.text).toBe(200);
    const pins = () =>
      scene.store.pool.query(
        `SELECT tier, pinned_by, reason FROM tier_pin WHERE creator_id = 'mara' AND ended_at IS NULL`,
      );
    expect((await pins()).rows).toEqual([{ tier: 4, pinned_by: 'lea', reason: 'a rumour' }]);
    const due = await scene.store.pool.query(`SELECT FROM tier_to_decide WHERE creator_id = 'mara'`);
    expect(due.rowCount).toBe(1);
    const { creatorId, campaignId } = pin;
    expect((await lea.post('/v1/tier-pins/end', { creatorId, campaignId })).status).toBe(200);
    expect((await pins()).rows).toEqual([]);
    expect((await lea.post('/v1/tier-pins/end', { creatorId, campaignId })).status).toBe(400);
    expect(await actionsOf('lea')).toMatch(/tier-pinned.*tier-unpinned/);
  });

  it('is refused for a stranger, in the past, and to those who may not', async () => {
    const refusal = async (who: Browser, body: object) => (await who.post('/v1/tier-pins', body)).status;
    const body = { ...pin, expiresAt: expiresAt() };
    expect(await refusal(lea, { ...body, creatorId: 'nobody' })).toBe(400);
    expect(await refusal(lea, { ...body, expiresAt: '2020-01-01T00:00:00Z' })).toBe(400);
    expect(await refusal(ana, body)).toBe(403);
    expect(await refusal(outsider, body)).toBe(404);
  });

  it('shows with the tiers that the viewer sees', async () => {
    await scene.store.pool.query(
      `INSERT INTO creator_tier (creator_id, campaign_id, tier, reasons, risk_score, pinned, since, watch_list_version, ruleset_hash)
       SELECT 'mara', c, 3, '{}', 7, false, now(), 1, '' FROM unnest(ARRAY['aurora', 'borealis']) AS c`,
    );
    const seen = async (who: Browser) => (await who.get('/v1/tiers?creator=mara')).body['items'];
    expect(await seen(lea)).toMatchObject([{ campaignId: 'aurora' }, { campaignId: 'borealis' }]);
    expect(await seen(outsider)).toMatchObject([{ campaignId: 'borealis', tier: 3, riskScore: 7 }]);
  });
});

it('an act that is refused when it is made leaves no line in the audit log', async () => {
  const lines = async () => (await scene.store.pool.query('SELECT FROM audit_entry')).rowCount;
  const hold = `/v1/incidents/${await scene.raise()}/evidence/hold`;
  expect((await lea.send('PUT', hold, { reason: 'a court asks' })).status).toBe(200);
  const before = await lines();
  expect((await lea.send('PUT', hold, { reason: 'another court' })).status).toBe(409);
  const ended = await lea.post('/v1/tier-pins/end', { creatorId: 'ghost', campaignId: 'aurora' });
  expect(ended.status).toBe(400);
  expect(ended.text).toContain('has no pin');
  expect(await lines()).toBe(before);
});

describe('notices', () => {
  it('that were given up are tried again, of an incident that one sees', async () => {
    const id = await scene.raise();
    const { version } = (await ana.get(`/v1/incidents/${id}/item`)).body;
    await ana.post(`/v1/incidents/${id}/moves`, { version, move: { change: 'acknowledged' } });
    await scene.store.pool.query(
      `INSERT INTO alert_delivery (seq, alert_id, channel, attempts, last_error, gave_up_at, next_attempt_at)
       SELECT seq, alert_id, 'webhook', 9, 'refused', now(), now() + interval '1 day' FROM alert_outbox WHERE alert_id = $1 LIMIT 1`,
      [id],
    );
    const failed = () => ana.get(`/v1/notices?failed=true&alert=${id.slice(0, 12)}`);
    expect((await failed()).body['items']).toMatchObject([{ channel: 'webhook', lastError: 'refused' }]);
    expect((await outsider.get(`/v1/notices?alert=${id}`)).status).toBe(404);
    expect((await outsider.post('/v1/notices/retry', { alertId: id })).status).toBe(404);
    expect((await outsider.post('/v1/notices/retry', {})).status).toBe(403);
    expect((await ana.post('/v1/notices/retry', {})).status).toBe(403);
    expect((await vic.post('/v1/notices/retry', { alertId: id })).status).toBe(403);
    expect((await ana.post('/v1/notices/retry', { alertId: id })).body).toEqual({ due: 1 });
    expect((await failed()).body['items']).toMatchObject([{ gaveUpAt: null }]);
    expect((await lea.post('/v1/notices/retry', {})).body).toEqual({ due: 1 });
    expect(await actionsOf('ana')).toContain('notices-retried');
  });
});

describe('a tip', () => {
  const links = ['https://instagram.com/p/tipped'];

  it('is noted, seen by those who see its campaign, and decided', async () => {
    const added = await ana.post('/v1/tips', {
      tip: { links, campaignId: 'aurora', seen: 'on the phone' },
      class: 'brand',
    });
    expect(added.status, added.text).toBe(200);
    const { id } = added.body;
    const seen = async (who: Browser) => (await who.get('/v1/tips')).body;
    expect(await seen(ana)).toMatchObject({
      items: [{ id, senderClass: 'brand', seen: 'on the phone', state: 'waiting', links }],
      counts: [{ senderClass: 'brand', tips: 1, judged: 0 }],
    });
    expect(await seen(outsider)).toEqual({ items: [], counts: null });
    const decide = (who: Browser, body: object) => who.post(`/v1/tips/${String(id)}/decision`, body);
    expect((await decide(outsider, { kind: 'dismiss', reason: 'no' })).status).toBe(404);
    expect((await decide(vic, { kind: 'dismiss', reason: 'no' })).status).toBe(403);
    expect((await decide(ana, { kind: 'dismiss' })).status).toBe(400);
    expect((await decide(ana, { kind: 'review', verdict: 'innocent', campaignId: 'aurora' })).status).toBe(
      400,
    );
    expect((await decide(ana, { kind: 'review', verdict: 'leak', campaignId: 'aurora' })).status).toBe(200);
    expect(await seen(ana)).toMatchObject({
      items: [{ state: 'reviewed', verdict: 'leak', decidedBy: 'ana' }],
    });
    expect(await actionsOf('ana')).toMatch(/tip-added.*tip-decided/);
  });

  it('is attached to an incident that one sees', async () => {
    const hidden = await scene.raise();
    const own = await scene.raise({ campaignId: 'borealis', text: 'Marlow Cove', matched: 'Marlow Cove' });
    expect((await outsider.post('/v1/tips', { tip: { links } })).status).toBe(403);
    expect((await outsider.post('/v1/tips', { tip: { links, campaignId: 'aurora' } })).status).toBe(403);
    const added = await outsider.post('/v1/tips', { tip: { links, campaignId: 'borealis' } });
    const attach = (alertId: string) =>
      outsider.post(`/v1/tips/${String(added.body['id'])}/decision`, { kind: 'attach', alertId });
    expect((await attach(hidden)).status).toBe(404);
    expect((await attach(own.slice(0, 10))).status).toBe(200);
    expect((await outsider.get(`/v1/incidents/${own}`)).body).toMatchObject({ tips: [{ links }] });
  });
});

describe('evidence', () => {
  it('is listed with its hashes, held once, and released', async () => {
    const id = await scene.raise({ picture: true });
    const path = `/v1/incidents/${id}/evidence`;
    expect((await vic.get(`${path}?verify=true`)).body).toMatchObject({
      hold: null,
      items: [{ lane: 'text', record: { intact: true } }, { media: [{ mediaIndex: 0, intact: true }] }],
    });
    const hold = (who: Browser) => who.send('PUT', `${path}/hold`, { reason: 'a court asks' });
    expect((await hold(ana)).status).toBe(403);
    expect((await hold(outsider)).status).toBe(404);
    expect((await hold(lea)).body).toMatchObject({ hold: { by: 'lea', reason: 'a court asks' } });
    expect((await hold(lea)).status).toBe(409);
    expect((await outsider.send('DELETE', `${path}/hold`)).status).toBe(404);
    expect((await lea.send('DELETE', `${path}/hold`)).body).toMatchObject({ hold: null });
    expect((await lea.send('DELETE', `${path}/hold`)).status).toBe(409);
    expect(await actionsOf('lea')).toMatch(/evidence-held.*evidence-released/);
    expect(await verifyAudit(scene.store.pool)).toMatchObject({ fault: null });
  });
});

describe('a polled account', () => {
  it('is tried once, and what is heard is shown', async () => {
    const feed = createServer((_request, response) => {
      response.setHeader('content-type', 'application/atom+xml').end(
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:a</id><title>A</title>
         <entry><id>urn:a:1</id><title>One</title><updated>2026-11-20T08:00:00Z</updated>
         <link href="http://127.0.0.1/1"/><content>the only entry</content></entry></feed>`,
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => feed.once('listening', resolve));
    const place = feed.address();
    if (typeof place !== 'object' || place === null) throw new Error('it does not listen');
    const account = `http://127.0.0.1:${place.port}/feed.atom`;
    try {
      const checked = await lea.post('/v1/sources/check', { account });
      expect(checked.body).toMatchObject({ heard: true, posts: 1 });
      expect(checked.text).toContain('the only entry');
      expect((await ana.post('/v1/sources/check', { account })).status).toBe(403);
      expect((await outsider.post('/v1/sources/check', { account })).status).toBe(403);
      const strange = await lea.post('/v1/sources/check', { account: 'x', platform: 'nowhere' });
      expect(strange.body).toMatchObject({ problems: [expect.stringContaining('nowhere is not polled')] });
    } finally {
      feed.close();
    }
  });

  it('is listed with its standing', async () => {
    await scene.store.pool.query(
      `INSERT INTO account_poll (platform, account, state, failures, problem) VALUES ('feed', 'https://ana.example', 'failing', 3, 'it times out')`,
    );
    expect((await lea.get('/v1/sources')).body).toMatchObject({
      items: [
        { platform: 'feed', state: 'failing', failures: 3, problem: 'it times out', lastHeardAt: null },
      ],
    });
    expect((await outsider.get('/v1/sources')).status).toBe(403);
  });
});
