import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SavedViewsSchema } from '../api/schemas/index.ts';
import { Browser } from './support/browser.ts';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
let ana: Browser;
let id = '';
beforeAll(async () => {
  scene = await openScene();
  ana = await scene.person('ana', 'analyst');
  id = await scene.raise({ creatorId: 'odd' });
});
afterAll(() => scene.close());

const ACKNOWLEDGE = { change: 'acknowledged' };
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const PAIR = { creatorId: 'mara', campaignId: 'aurora' };

describe('a character that no database text holds', () => {
  const [NUL, HALF] = ['a\u0000', 'a\ud800'];
  const bulk = { select: { ids: ['0'.repeat(64)] }, move: ACKNOWLEDGE };

  it.each<[method: string, path: string, body: object | undefined, place: string]>([
    ...['campaign', 'creator', 'item', 'rule', 'assignee', 'platform', 'q'].map(
      (key): [string, string, undefined, string] => [
        'GET',
        `/v1/incidents?${key}=a%00`,
        undefined,
        `querystring/${key}`,
      ],
    ),
    ['GET', '/v1/incidents?campaign=a&campaign=%00', undefined, 'querystring/campaign/1'],
    ['GET', '/v1/performance?campaign=%00', undefined, 'querystring/campaign'],
    ['GET', '/v1/performance.csv?campaign=%00', undefined, 'querystring/campaign'],
    ['GET', '/v1/tiers?creator=%00', undefined, 'querystring/creator'],
    ['GET', '/v1/rescans/%00', undefined, 'params/id'],
    ['DELETE', '/v1/views/%00', undefined, 'params/name'],
    ['POST', '/v1/views', { name: NUL, filter: {} }, 'body/name'],
    ['POST', '/v1/incidents/ID/moves', { version: '1', move: ACKNOWLEDGE, reason: NUL }, 'body/reason'],
    ['POST', '/v1/incidents/ID/moves', { version: '1', move: ACKNOWLEDGE, reason: HALF }, 'body/reason'],
    ['POST', '/v1/incidents/ID/sent', { via: NUL }, 'body/via'],
    ['POST', '/v1/incidents/ID/sent', { note: HALF }, 'body/note'],
    ['PUT', '/v1/incidents/ID/evidence/hold', { reason: NUL }, 'body/reason'],
    ['POST', '/v1/bulk', { ...bulk, expect: 0, reason: NUL }, 'body/reason'],
    ['POST', '/v1/bulk', { ...bulk, expect: 0, note: HALF }, 'body/note'],
    [
      'POST',
      '/v1/bulk/preview',
      { ...bulk, select: { filter: { item: [NUL] } } },
      'body/select/filter/item/0',
    ],
    ['POST', '/v1/accounts', { name: 'bo', role: 'viewer', campaigns: ['b', NUL] }, 'body/campaigns/1'],
    ['POST', '/v1/tokens', { name: NUL, scopes: ['read'] }, 'body/name'],
    ['POST', '/v1/tokens', { name: 't', scopes: ['read'], campaigns: [NUL] }, 'body/campaigns/0'],
    ['POST', '/v1/silences', { campaignId: 'aurora', endsAt: TOMORROW, reason: NUL }, 'body/reason'],
    ['POST', '/v1/tier-pins', { ...PAIR, tier: 4, reason: NUL, expiresAt: TOMORROW }, 'body/reason'],
    ['POST', '/v1/tier-pins/end', { ...PAIR, creatorId: NUL }, 'body/creatorId'],
    ['POST', '/v1/rules/proposals', { text: 'rules: []', reason: NUL }, 'body/reason'],
    [
      'PUT',
      '/v1/watch-list/draft',
      { base: 1, edits: { removedCampaigns: [HALF] } },
      'body/edits/removedCampaigns/0',
    ],
    ['POST', '/v1/undo/anything', { [NUL]: 1 }, 'body'],
  ])('is refused by its place: %s %s', async (method, path, body, place) => {
    const answer = await scene.admin.send(method, path.replace('ID', id), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const character = JSON.stringify(body ?? '').includes('ud800')
      ? /half a surrogate/
      : /control character U\+0000/;
    expect(answer.body['problems']).toEqual([expect.stringMatching(character)]);
    expect(answer.text).toContain(`"${place}: `);
  });

  it('is refused before anybody is signed in', async () => {
    const answer = await new Browser(scene.console.address).post('/v1/session', { name: NUL, password: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });

  it('is not the only thing that is refused for all routes: nesting that no request has is, too', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const { address } = scene.console;
    const response = await fetch(`${address}/v1/bulk`, {
      method: 'POST',
      headers: { ...scene.admin.headers, 'content-type': 'application/json' },
      body: deep,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('nested too deep');
  });
});

describe('a filter', () => {
  it.each(['/v1/incidents?text=glow', '/v1/creators?tiers=4', '/v1/performance?campaigns=aurora'])(
    'that is misspelt is refused, and shows not everything: %s',
    async (path) => {
      const key = /\?(.*)=/.exec(path)?.[1] ?? '';
      const answer = await ana.get(path);
      expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
      expect(answer.text).toContain(key);
    },
  );

  it('with an empty list is refused, and not kept as a view', async () => {
    const filter = { state: [] };
    const preview = await ana.post('/v1/bulk/preview', { select: { filter }, move: ACKNOWLEDGE });
    expect(preview).toMatchObject({
      status: 400,
      body: { problems: ['body/select/filter/state: must not be empty'] },
    });
    expect((await ana.post('/v1/views', { name: 'Empty', filter })).status).toBe(400);
    expect((await ana.get('/v1/views')).body).toEqual({ items: [] });
  });

  it('names instants that make sense', async () => {
    for (const path of ['/v1/incidents', '/v1/performance']) {
      for (const key of ['since', 'until']) {
        for (const year of ['0000', '1969', '2200', '9999']) {
          const answer = await ana.get(`${path}?${key}=${year}-01-01T00:00:00Z`);
          expect(answer).toMatchObject({
            status: 400,
            body: { problems: [`querystring/${key}: must lie in the years 1970 to 2199`] },
          });
        }
      }
    }
    const precise = `2026-01-01T00:00:00.${'0'.repeat(300)}Z`;
    expect((await ana.get(`/v1/incidents?since=${precise}`)).status).toBe(200);
  });

  it('searches for eight words at most', async () => {
    const words = (n: number) => ana.get(`/v1/incidents?q=${Array(n).fill('so').join('+')}`);
    expect(await words(9)).toMatchObject({
      status: 400,
      body: { problems: ['querystring/q: must have at most 8 words'] },
    });
    expect((await words(8)).status).toBe(200);
  });
});

it('a cursor that no page of the order gave is refused', async () => {
  await scene.raise({ creatorId: 'odd-too' });
  for (const place of [
    ['x', 'y', 'z'],
    ['infinity', '2026-02-30 00:00:00+00', id],
    ['infinity', '2026-02-03 00:00:00+00', 'a\u0000'],
    ['40', '2026-02-03 00:00:00+00', id],
  ]) {
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
    expect((await ana.get(`/v1/incidents?cursor=${cursor}`)).status, place.join()).toBe(400);
  }
  for (const order of ['time-left', 'newest', 'priority']) {
    const { body } = await ana.get(`/v1/incidents?order=${order}&limit=1`);
    const next = await ana.get(`/v1/incidents?order=${order}&limit=1&cursor=${String(body['nextCursor'])}`);
    expect(next.status, order).toBe(200);
  }
});

describe('saved views', () => {
  const list = async (browser = ana) => SavedViewsSchema.parse((await browser.get('/v1/views')).body).items;

  it('that can no longer be counted do not hide the others, and can be deleted', async () => {
    await ana.post('/v1/views', { name: 'Mine', filter: { assignee: ['me'] } });
    await scene.store.pool.query(
      `INSERT INTO console_view SELECT id, 'Old', '{"state":[]}' FROM console_account WHERE name = 'ana'`,
    );
    expect(await list()).toEqual([
      { name: 'Mine', filter: { assignee: ['me'] }, count: 0 },
      { name: 'Old', filter: null, count: null },
    ]);
    expect((await ana.send('DELETE', '/v1/views/Old')).status).toBe(200);
    expect(await list()).toHaveLength(1);
  });

  it('have names that can be seen and deleted', async () => {
    for (const name of [
      '.',
      '..',
      'a\u202eb',
      'a\u200bb',
      '\u3164',
      '\u00ad',
      'a\u0007',
      '\u200d',
      ' ',
      '',
    ]) {
      expect((await ana.post('/v1/views', { name, filter: {} })).status, JSON.stringify(name)).toBe(400);
      const token = await ana.post('/v1/tokens', { name, scopes: ['read'] });
      // Names of tokens stand in no address.
      if (!/^\.+$/.test(name)) expect(token.status, JSON.stringify(name)).toBe(400);
    }
    expect((await ana.post('/v1/views', { name: '..', filter: {} })).body).toMatchObject({
      problems: ['body/name: must be another name than `.` and `..`'],
    });
    for (const name of ['...', 'a/b', '%', 'Über 50 %', '👩‍👩‍👧 ❤️', 'می‌خواهم']) {
      expect((await ana.post('/v1/views', { name, filter: {} })).status, name).toBe(200);
      await ana.send('DELETE', `/v1/views/${encodeURIComponent(name)}`);
      expect((await list()).map((one) => one.name)).not.toContain(name);
    }
  });

  it('are thirty at most, each of which can be saved anew', async () => {
    const ben = await scene.person('ben', 'viewer');
    for (let n = 0; n < 30; n += 1) {
      expect((await ben.post('/v1/views', { name: `view ${n}`, filter: {} })).status).toBe(200);
    }
    expect(await ben.post('/v1/views', { name: 'one more', filter: {} })).toMatchObject({
      status: 400,
      body: { detail: 'An account has at most 30 views: delete one first' },
    });
    expect((await ben.post('/v1/views', { name: 'view 7', filter: { overdue: true } })).status).toBe(200);
    expect(await list(ben)).toHaveLength(30);
  });
});

it('a change of many that changes none offers no undo', async () => {
  const select = { ids: ['0'.repeat(64)] };
  const done = await ana.post('/v1/bulk', { select, move: ACKNOWLEDGE, expect: 0 });
  expect(done.body).toEqual({ changed: 0, refused: [], undo: null });
});

it('mistakes are told in plain words', async () => {
  expect((await scene.admin.send('DELETE', '/v1/silences/x')).body).toMatchObject({
    problems: ['params/id: must be a number of at most 18 digits'],
  });
  expect((await ana.get('/v1/incidents?limit=many')).body).toMatchObject({
    problems: ['querystring/limit: must be a number'],
  });
  expect((await ana.post('/v1/bulk/preview', undefined)).body).toMatchObject({
    problems: ['body: must be an object, not null'],
  });
});
