import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadAlertingConfig } from '../../config.ts';
import { until } from '../support/scene.ts';
import { listTips } from '../../desk/queries/tip-list.ts';
import { startTipsServer } from '../../desk/tips/tips-server.ts';

const TOKEN = 'a-token-of-24-characters';
const OTHER_TOKEN = 'another-token-of-that-length';
const TOKENS = [
  { name: 'agency', class: 'peer' as const, token: TOKEN },
  { name: 'form', class: 'community' as const, token: OTHER_TOKEN },
];
const TIP = { links: ['https://instagram.com/p/p1'], seen: 'the new bottle', campaignId: 'aurora' };
const AnswerSchema = z.object({
  id: z.string().optional(),
  error: z.string().optional(),
  problems: z.array(z.string()).optional(),
});

let store: TestStore;
let metrics: ReturnType<typeof createMetrics>;
let servers: Awaited<ReturnType<typeof startTipsServer>>[] = [];
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await store.pool.query('DELETE FROM tip');
  metrics = createMetrics({ processMetrics: false });
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});
afterAll(() => store.drop());

const listen = async (perMinute = 1000) => {
  const settings = { host: '127.0.0.1', port: 0, tokens: TOKENS, perMinute };
  const server = await startTipsServer({ db: store.pool, metrics, logger: silentLogger(), settings });
  servers.push(server);
  return server.address;
};
const send = async (address: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${address}/v1/tips`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, ...AnswerSchema.parse(await response.json()) };
};
const stored = () => listTips(store.pool, { state: null, alertId: null, limit: 100 });

describe('POST /v1/tips', () => {
  it('keeps a tip before it answers, with who made it and nothing that was not given', async () => {
    const { status, id } = await send(await listen(), { ...TIP, contact: 'peer@example.org' });
    expect(status).toBe(202);
    expect(await stored()).toMatchObject([
      {
        id,
        sender: 'agency',
        senderClass: 'peer',
        state: 'waiting',
        contact: 'peer@example.org',
        ...TIP,
      },
    ]);
    await send(
      await listen(),
      { post: { platform: 'x', id: '1' } },
      { authorization: `bearer ${OTHER_TOKEN}` },
    );
    expect((await stored())[0]).toMatchObject({
      senderClass: 'community',
      links: [],
      contact: null,
      seen: '',
    });
    expect((await metrics.tips.get()).values).toMatchObject([
      { labels: { class: 'peer', outcome: 'received' }, value: 1 },
      { labels: { class: 'community', outcome: 'received' }, value: 1 },
    ]);
  });

  it('takes the same Idempotency-Key once, through two processes at once too, each sender for itself', async () => {
    const addresses = [await listen(), await listen()];
    const key = { 'idempotency-key': 'mail 17' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send(addresses[index % 2]!, TIP, key)),
    );
    expect(new Set(answers.map(({ status, id }) => `${status} ${id}`)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
    const changed = await send(addresses[0]!, { ...TIP, seen: 'something else' }, key);
    expect([changed.status, changed.error]).toEqual([409, 'this Idempotency-Key was used for another tip']);
    const other = await send(addresses[0]!, TIP, { ...key, authorization: `Bearer ${OTHER_TOKEN}` });
    expect(other.status).toBe(202);
    expect(await stored()).toHaveLength(2);
  });

  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: `Bearer ${TOKEN}x` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('refuses %s', async (_name, headers) => {
    const { status, headers: answered } = await send(await listen(), TIP, headers);
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['an unknown field', { ...TIP, creator: 'mara' }, /creator/],
    ['no post', { seen: 'it' }, /^links: must name a post/],
    [
      'an address of another kind',
      { links: ['https://a.example', 'javascript:alert(1)'] },
      /^links\[1\]: must be an http/,
    ],
    ['a platform without an id', { post: { platform: 'x' } }, /^post\.id/],
    ['too long a text', { ...TIP, seen: 'x'.repeat(2001) }, /^seen/],
    ['a text that no database takes', { ...TIP, seen: 'a\u0000b' }, /^seen: must not hold the character/],
    ['an empty body', 'null', /whole document/],
  ])('says where the mistake is: %s', async (_name, body, place) => {
    const { status, problems } = await send(await listen(), body);
    expect(status).toBe(400);
    expect(problems?.join('\n')).toMatch(place);
    expect(await stored()).toEqual([]);
  });

  it('refuses what is no JSON, what says it is none, and what is too large', async () => {
    const address = await listen();
    expect((await send(address, '{"links": [')).error).toMatch(/^the body must be JSON/);
    expect((await send(address, 'links=1', { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await send(address, { ...TIP, seen: 'x'.repeat(40_000) })).status).toBe(413);
    expect((await send(address, TIP, { 'idempotency-key': 'k'.repeat(257) })).problems).toEqual([
      'header Idempotency-Key: must have from 1 to 256 characters',
    ]);
    expect(await stored()).toEqual([]);
  });

  it('lets each sender through so often a minute, and a guesser of tokens as often', async () => {
    const address = await listen(2);
    const statuses = async (headers: Record<string, string>) => {
      const answers = [];
      for (let call = 0; call < 3; call++) answers.push(await send(address, TIP, headers));
      expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
      return answers.map(({ status }) => status);
    };
    expect(await statuses({ authorization: 'Bearer guess' })).toEqual([401, 401, 429]);
    expect(await statuses({})).toEqual([202, 202, 429]);
    expect(await statuses({ authorization: `Bearer ${OTHER_TOKEN}` })).toEqual([202, 202, 429]);
  });

  it('asks to come again where the database went away under it; with the same key it is one tip', async () => {
    const address = await listen();
    const key = { 'idempotency-key': 'mail 18' };
    const locker = await store.pool.connect();
    await locker.query('BEGIN; LOCK TABLE tip');
    const answer = send(address, TIP, key);
    const cut = () =>
      store.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO tip%'`,
      );
    await until(async () => (await cut()).rowCount === 1);
    await locker.query('ROLLBACK');
    locker.release();
    const { status, headers, error } = await answer;
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(error).toContain('come again');
    expect((await send(address, TIP, key)).status).toBe(202);
    expect(await stored()).toHaveLength(1);
  });
});

it('POST /v1/reports answers as before, and says that tips go elsewhere now', async () => {
  const address = await listen();
  const response = await fetch(`${address}/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(TIP),
  });
  expect(response.status).toBe(202);
  expect(response.headers.get('deprecation')).toMatch(/^@\d+$/);
  expect(response.headers.get('link')).toBe('</v1/tips>; rel="successor-version"');
  expect(await stored()).toHaveLength(1);
});

describe('the tokens', () => {
  const tokensOf = (text: string) => loadAlertingConfig({ LEAKWATCH_TIPS_TOKENS: text }).tips.tokens;
  it('are read from the settings, and what is wrong is told without them', () => {
    expect(tokensOf(` agency:peer:${TOKEN}  form:community:${OTHER_TOKEN} `)).toEqual(TOKENS);
    for (const wrong of [`agency:friend:${TOKEN}`, 'agency:peer:short', `agency:${TOKEN}`]) {
      expect(() => tokensOf(wrong)).toThrow(/LEAKWATCH_TIPS_TOKENS: each must be like `name:class:token`/);
      expect(() => tokensOf(wrong)).not.toThrow(TOKEN);
    }
  });

  it('are taken under the name of the version before, which is told', () => {
    const tokens = `agency:peer:${TOKEN}`;
    const { tips, formerNames } = loadAlertingConfig({ LEAKWATCH_REPORTS_TOKENS: tokens });
    expect(tips.tokens).toHaveLength(1);
    expect(formerNames).toEqual([['LEAKWATCH_REPORTS_TOKENS', 'LEAKWATCH_TIPS_TOKENS']]);
    expect(loadAlertingConfig({ LEAKWATCH_TIPS_TOKENS: tokens }).formerNames).toEqual([]);
  });
});
