import { PostSchema, postThreadId } from '@leakwatch/contracts';
import { addReviewSamples, loadPrecision } from '@leakwatch/alerting/measure';
import { silence } from '@leakwatch/alerting/desk';
import { FAULTLESS } from '@leakwatch/estimates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NextSampleSchema, PerformanceSchema, ReviewAnswerSchema } from '../api/schemas/index.ts';
import { Browser } from './support/browser.ts';
import { openScene, postFields, type Scene } from './support/scene.ts';

let scene: Scene;
let ana: Browser;
let vic: Browser;
let outsider: Browser;
beforeAll(async () => {
  scene = await openScene();
  ana = await scene.person('ana', 'analyst');
  vic = await scene.person('vic', 'viewer');
  outsider = await scene.person('olga', 'analyst', ['borealis']);
});
afterAll(() => scene.close());

it('the API describes itself, and the description has not drifted', async () => {
  const { text } = await new Browser(scene.console.address).get('/v1/openapi.json');
  const described = `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  await expect(described).toMatchFileSnapshot('../api/openapi.json');
});

describe('performance', () => {
  const figures = async (browser: Browser, query = '') =>
    PerformanceSchema.parse((await browser.get(`/v1/performance${query}`)).body);

  it('is what the report says, with interval and n, and moves with a verdict', async () => {
    const id = await scene.raise({ creatorId: 'perf', severity: 'critical' });
    await scene.raise({
      creatorId: 'perf-2',
      campaignId: 'borealis',
      text: 'Marlow Cove',
      matched: 'Marlow Cove',
    });
    expect((await figures(ana)).precision[0]).toMatchObject({ by: 'all', n: 0, precision: null });
    const { version } = (await ana.get(`/v1/incidents/${id}/item`)).body;
    const move = { change: 'verdict-given', verdict: 'confirmed' };
    await ana.post(`/v1/incidents/${id}/moves`, { version, move, reason: 'posted early' });
    const after = await figures(ana);
    const { precision, n, interval } = await loadPrecision(scene.store.pool, FAULTLESS);
    expect(after.precision[0]).toMatchObject({ precision, n, interval });
    expect(after).toMatchObject({
      verdictsToGo: 15,
      heat: [
        { violation: 'early-post', severity: 'critical', count: 1 },
        { violation: 'early-post', severity: 'high', count: 1 },
      ],
      byPlatform: [{ name: 'instagram', alerts: 2, confirmed: 1 }],
      byNiche: [{ name: '', alerts: 2, confirmed: 1 }],
      recurrence: { creators: 2, again: 0, regressions: 0 },
      latencies: [
        { upToMs: 1000, count: 0 },
        { upToMs: 10_000, count: 2 },
        {},
        {},
        {},
        {},
        {},
        { upToMs: null },
      ],
      byCampaign: [
        { name: 'Aurora', alerts: 1, confirmed: 1 },
        { name: 'Borealis', alerts: 1, confirmed: 0 },
      ],
    });
    expect(after.series.latency).toMatchObject([{ n: 2, p50: 2000 }]);
    expect(after.series.workload).toMatchObject([{ incidents: 2, minutes: 0 }]);
    expect(await figures(outsider)).toMatchObject({ byCampaign: [{ name: 'Borealis' }], verdictsToGo: 16 });
    expect((await figures(ana, '?campaign=borealis')).detection.n).toBe(1);
  });

  it('is exported as CSV', async () => {
    const { text, headers } = await ana.get('/v1/performance.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text).toMatch(
      /^"figure","group","value","low","high","n"\r\n"campaign","all","all",,,\r\n"from",/,
    );
    expect(text).toMatch(/\r\n"precision","all",1,/);
    const scoped = await ana.get('/v1/performance.csv?campaign=borealis&since=2026-01-01T00:00:00.000Z');
    expect(scoped.text).toContain(
      '"campaign","all","borealis",,,\r\n"from","all","2026-01-01T00:00:00.000Z"',
    );
    expect(scoped.headers.get('content-disposition')).toContain('leakwatch-performance-2026-01-01-to-');
  });

  it('refuses a time that ends before it begins', async () => {
    const { status, text } = await ana.get(
      '/v1/performance?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z',
    );
    expect([status, text]).toMatchObject([400, expect.stringContaining('until: must be after since')]);
  });
});

describe('the review queue', () => {
  const draw = (nativeIds: readonly string[], at: Date) =>
    addReviewSamples(
      scene.store.pool,
      nativeIds.map((nativeId, n) => {
        const post = PostSchema.parse(
          postFields({ nativeId, creatorId: 'drawn', text: `drawn ${nativeId}`, at }),
        );
        const strata = ['uniform' as const];
        return {
          threadId: postThreadId(post),
          tier: 2,
          strata,
          probability: 0.02,
          queueRank: n,
          sampledAt: at,
          post,
        };
      }),
    );

  it('gives each post to one reviewer, blind, and takes the verdict', async () => {
    const at = scene.clock.now;
    await draw(['s1', 's2'], at);
    const first = await ana.post('/v1/review/next', {});
    expect(first.body).toMatchObject({ waiting: 2, sample: { handle: 'mara' } });
    expect(first.text).not.toMatch(/probability|strata|tier|alert/);
    const id = String(first.text.match(/"id":"([0-9a-f]{64})"/)?.[1]);
    expect((await ana.post('/v1/review/next', {})).body).toMatchObject({ sample: { id } });
    expect((await outsider.post('/v1/review/next', {})).text).not.toContain(id);
    const decided = await ana.post(`/v1/review/${id}`, { verdict: 'leak', campaignId: 'aurora' });
    expect(decided.body).toMatchObject({
      missed: true,
      next: { sample: null, waiting: 1, reviewedToday: 1 },
    });
    expect((await vic.post('/v1/review/next', {})).status).toBe(403);

    // Unsure: others get it at once, and this reviewer never again.
    const other = String(
      (await outsider.post('/v1/review/next', {})).text.match(/"id":"([0-9a-f]{64})"/)?.[1],
    );
    const unsure = await outsider.post(`/v1/review/${other}`, { verdict: 'unsure' });
    expect(unsure.body).toMatchObject({ next: { sample: null, waiting: 0 } });
    scene.clock.now = new Date(at.getTime() + 3 * 3_600_000);
    expect((await outsider.post('/v1/review/next', {})).body).toMatchObject({ sample: null });
    expect((await ana.post('/v1/review/next', {})).body).toMatchObject({ sample: { id: other } });
    scene.clock.now = at;
  });

  it('offers the campaigns that were secret when the post was published', async () => {
    const before = scene.clock.now;
    // Four days on, one of the two embargoes has lifted.
    const after = new Date(before.getTime() + 4 * 86_400_000);
    await draw(['while-secret'], before);
    await draw(['since-lifted'], after);
    const offered = new Map<string, string[]>();
    let next = NextSampleSchema.parse((await ana.post('/v1/review/next', {})).body);
    while (next.sample !== null) {
      const { id, publishedAt } = next.sample;
      offered.set(
        publishedAt,
        next.campaigns.map((one) => one.name),
      );
      const answer = await ana.post(`/v1/review/${id}`, { verdict: 'innocent' });
      next = ReviewAnswerSchema.parse(answer.body).next;
    }
    expect(offered.get(before.toISOString())).toEqual(['Aurora', 'Borealis']);
    expect(offered.get(after.toISOString())).toEqual(['Borealis']);
  });

  it('takes a verdict from whom the post was handed to, on a campaign that they see, and audits it or takes none', async () => {
    await draw(['s3', 's4'], scene.clock.now);
    const handedTo = async (who: Browser) =>
      String((await who.post('/v1/review/next', {})).text.match(/"id":"([0-9a-f]{64})"/)?.[1]);
    const [olgas, anas] = [await handedTo(outsider), await handedTo(ana)];
    const say = async (who: Browser, id: string, body: object) =>
      (await who.post(`/v1/review/${id}`, body)).status;
    const lines = async () => {
      const answer = await scene.store.pool.query(
        `SELECT actor, subject, detail FROM audit_entry WHERE action = 'reviewed' ORDER BY seq`,
      );
      const rows: unknown[] = answer.rows;
      return rows;
    };
    const before = await lines();
    expect(await say(outsider, olgas, { verdict: 'leak', campaignId: 'aurora' })).toBe(403);
    expect(await say(outsider, anas, { verdict: 'leak', campaignId: 'borealis' })).toBe(409);
    expect(await say(outsider, anas, { verdict: 'unsure' })).toBe(409);
    expect(await say(ana, anas, { verdict: 'leak', campaignId: 'nowhere' })).toBe(400);
    expect(await lines()).toEqual(before);

    expect(await say(outsider, olgas, { verdict: 'unsure' })).toBe(200);
    expect(await say(outsider, olgas, { verdict: 'leak', campaignId: 'borealis' })).toBe(409);
    const detail = JSON.stringify({ verdict: 'unsure', campaignId: null });
    expect(await lines()).toEqual([...before, { actor: 'olga', subject: olgas, detail }]);

    await scene.store.pool.query(
      `ALTER TABLE audit_entry ADD CONSTRAINT takes_no_review CHECK (action <> 'reviewed') NOT VALID`,
    );
    expect(await say(ana, anas, { verdict: 'innocent' })).toBe(500);
    await scene.store.pool.query('ALTER TABLE audit_entry DROP CONSTRAINT takes_no_review');
    const { rows } = await scene.store.pool.query('SELECT verdict FROM review_sample WHERE thread_id = $1', [
      anas,
    ]);
    expect(rows).toEqual([{ verdict: null }]);
    expect(await say(ana, anas, { verdict: 'innocent' })).toBe(200);
  });
});

describe('the watch list', () => {
  it('shows the campaigns of the viewer, and hides terms from those who may not see them', async () => {
    const all = await ana.get('/v1/watch-list');
    expect(all.body).toMatchObject({
      version: 1,
      campaigns: [
        { id: 'aurora', terms: [{ text: 'Quillon Ember' }], assets: [{ name: 'Hero' }] },
        { id: 'borealis', terms: [{ text: 'Marlow Cove' }] },
      ],
    });
    expect((await outsider.get('/v1/watch-list')).text).not.toMatch(/Quillon|aurora/i);
    expect((await vic.get('/v1/watch-list')).text).not.toMatch(/Quillon|Marlow|Hero/);
    const asset = '/v1/campaigns/aurora/assets/hero?width=32';
    expect((await ana.get(asset)).headers.get('content-type')).toBe('image/webp');
    expect((await outsider.get(asset)).status).toBe(404);
    expect((await vic.get(asset)).status).toBe(403);
  });

  it('says of a text what would match and why, within the campaigns of the viewer', async () => {
    const text = 'look: Quіllоn Еmbеr and Marlow Cove';
    const tried = await ana.post('/v1/watch-list/try', { text });
    expect(tried.body).toMatchObject({
      campaigns: [
        { id: 'aurora', matches: 1 },
        { id: 'borealis', matches: 1 },
      ],
    });
    expect(tried.text).toContain('"term":"Quillon Ember"');
    expect(tried.text).toContain('Cyrillic');
    expect((await outsider.post('/v1/watch-list/try', { text })).body).toMatchObject({
      campaigns: [{ id: 'borealis' }],
    });
    expect((await vic.post('/v1/watch-list/try', { text })).status).toBe(403);
  });
});

it('creators come with tier, coverage and incidents', async () => {
  await scene.raise({ creatorId: 'mara', severity: 'low' });
  await scene.store.pool.query(
    `INSERT INTO creator_post_count (creator_id, counted, log_partition, log_offset, appended_at) VALUES ('mara', 41, 0, 7, now())`,
  );
  expect((await ana.get('/v1/creators?q=MARA')).body).toMatchObject({
    total: 1,
    items: [
      {
        id: 'mara',
        name: 'Mara Lind',
        followers: 120_000,
        coverage: 'uncollectable',
        postsHeard: 41,
        incidents: 1,
        openIncidents: 1,
        confirmed: 0,
        falseAlarms: 0,
        approved: 0,
      },
    ],
    matrix: [{ likelihood: 0, impact: 2, count: 1 }],
    nextCursor: null,
  });
  expect((await ana.get('/v1/creators?cursor=nobody')).status).toBe(400);
  expect((await ana.get('/v1/creators?q=nobody')).body).toMatchObject({ total: 0, items: [] });
});

it('the machinery is read: re-scans, dead letters, silences, rules, system', async () => {
  await silence(scene.store, {
    matcher: { campaignId: 'aurora', itemId: 'ember' },
    startsAt: null,
    endsAt: new Date(Date.now() + 3_600_000),
    reason: 'the brand posts itself',
    by: 'ada',
  });
  expect((await ana.get('/v1/silences')).body).toMatchObject({
    items: [{ campaignId: 'aurora', itemId: 'ember' }],
  });
  expect((await outsider.get('/v1/silences')).body).toEqual({ items: [] });
  expect((await ana.get('/v1/rescans')).body).toEqual({ schedule: null, items: [] });
  expect((await outsider.get('/v1/rescans')).status).toBe(403);
  expect((await ana.get('/v1/dead-letters')).body).toEqual({ total: 0, items: [] });
  expect((await ana.get('/v1/rules')).body).toMatchObject({ source: 'built-in' });
  expect((await ana.get('/v1/system')).body).toMatchObject({ healthy: true });
  expect((await ana.get('/v1/audit')).status).toBe(403);
  expect((await scene.admin.get('/v1/audit')).body).toMatchObject({ nextCursor: null });
});

it('views are saved, counted and deleted, each account for itself', async () => {
  const saved = await ana.post('/v1/views', { name: 'Low', filter: { severity: ['low'] } });
  expect(saved.body).toEqual({ items: [{ name: 'Low', filter: { severity: ['low'] }, count: 1 }] });
  expect((await vic.get('/v1/views')).body).toEqual({ items: [] });
  expect((await ana.send('DELETE', '/v1/views/Low')).body).toEqual({ items: [] });
});

it('choices name what there is to filter by', async () => {
  const { body } = await ana.get('/v1/incidents/choices');
  expect(body).toMatchObject({
    platforms: ['instagram'],
    rules: ['early-post'],
    people: ['ada', 'ana', 'olga'],
  });
});
