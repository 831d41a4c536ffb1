/**
 * Sends random input to each place where strangers write: captions, submitted posts, and the three HTTP ports. Nothing may
 * throw, answer 5xx other than 503, or keep memory. LEAKWATCH_SOAK_SEED gives another run.
 */
import { Agent, request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMetrics, silentLogger, startOpsServer } from '@leakwatch/runtime';
import { openTestStore } from '@leakwatch/store/testing';
import { compileTextMatcher } from '@leakwatch/text-matching';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { loadIngestConfig, startWebhookServer } from '@leakwatch/ingest';
import { startTipsServer } from '../../services/alerting/desk/tips/tips-server.ts';
import { checkPost } from '../../services/ingest/steps/check-post.ts';
import { openIngest } from '../../services/ingest/test/support/open-ingest.ts';
import { seededRandom } from '../harness/seeded-random.ts';

const SEED = Number(process.env['LEAKWATCH_SOAK_SEED'] ?? 1);
const CAPTIONS = 1_000_000;
const POSTS = 100_000;
const REQUESTS = 20_000;
/** What caches and compiled code may take, once a fifth of the work has warmed them. */
const MOST_GROWTH_BYTES = 32 * 1024 * 1024;
const GrowthSchema = z.number().max(MOST_GROWTH_BYTES);

setFlagsFromString('--expose-gc');
const collect = z.function().parse(runInNewContext('gc'));

function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Does something so often, and gives the growth of the heap after the first fifth. */
async function growthOf(times: number, work: (index: number) => unknown): Promise<number> {
  let warm = 0;
  for (let index = 0; index < times; index += 1) {
    if (index === Math.floor(times / 5)) warm = heapBytes();
    const pending = work(index);
    if (pending instanceof Promise) await pending;
  }
  return heapBytes() - warm;
}

const NAMES = ['Quillon Ember', 'Velmora', 'KX-552-1B', 'Harbor Comet', 'Лунный Свет', '夜光の海'];
const PIECES = [
  ...NAMES,
  ...NAMES.map((name) => Array.from(name).join(' ')),
  ...NAMES.map((name) => Array.from(name).reverse().join('')),
  ...[
    '@',
    '#a ',
    '(',
    '*',
    '\u200b',
    '\u202e',
    '\ud83d',
    '\ude00',
    '&#x41;',
    '%41',
    '\\u0041',
    '👩‍👩‍👧',
    '\u0301'.repeat(9),
  ],
  ...[
    'https://example.org/a?b=',
    'DM me',
    '1,299.00',
    '١٢٣',
    'q̷u̷i̷',
    '⠟⠥',
    '\ufffd',
    '\u0000',
    'ﬁ',
    '\n\n',
    '　',
  ],
];

it(`${CAPTIONS} captions throw nothing and keep nothing`, async () => {
  const { matcher } = compileTextMatcher(
    NAMES.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
  );
  const random = seededRandom(SEED);
  const below = (most: number) => Math.floor(random() * most);
  let found = 0;
  const growth = await growthOf(CAPTIONS, () => {
    let text = '';
    for (let left = below(14); left >= 0; left -= 1) {
      text += random() < 0.5 ? (PIECES[below(PIECES.length)] ?? '') : String.fromCharCode(below(0x1_0000));
      if (random() < 0.3) text += ' ';
    }
    for (const match of matcher.match(text)) {
      found += 1;
      if (text.slice(...match.span) !== match.matched)
        throw new Error(`wrong span in ${JSON.stringify(text)}`);
    }
  });
  console.info(`${CAPTIONS} captions: ${found} matches, heap ${Math.round(growth / 1024)} KiB more`);
  expect(found).toBeGreaterThan(0);
  GrowthSchema.parse(growth);
});

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...PIECES),
  fc.constant('x'.repeat(300)),
);
const instant = fc.oneof(
  word,
  fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
);
const any = fc.jsonValue({ maxDepth: 3 });
/** Posts with fields of the right names, most of them of the right types. */
const submitted = fc.record(
  {
    id: fc.oneof(word, any),
    text: fc.oneof(word, any),
    platform: word,
    revision: fc.oneof(fc.integer(), any),
    op: fc.oneof(fc.constantFrom('create', 'update', 'delete'), any),
    author: fc.oneof(fc.record({ id: word, handle: word, url: word }, { requiredKeys: [] }), any),
    tags: fc.array(word, { maxLength: 4 }),
    links: fc.oneof(fc.array(word, { maxLength: 4 }), any),
    media: fc.oneof(
      fc.array(fc.record({ url: word, mime: word, alt: word }, { requiredKeys: [] }), { maxLength: 3 }),
      any,
    ),
    poll: fc.oneof(fc.record({ options: fc.array(word, { maxLength: 3 }) }), any),
    publishedAt: instant,
    deletedAt: instant,
  },
  { requiredKeys: [] },
);
/** Posts that are taken, with texts of any kind. */
const takeable = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', 'b', '7', '-', 'é', '😀') }),
    text: word,
    tags: fc.array(word, { maxLength: 4 }),
    links: fc.array(word, { maxLength: 4 }),
    author: fc.record({ id: fc.constantFrom('ana', 'mara'), handle: word }),
    poll: fc.record({ options: fc.array(word, { maxLength: 3 }) }),
  },
  { requiredKeys: ['id', 'text'] },
);
const asJson = fc.oneof(
  { weight: 5, arbitrary: takeable.map((post) => JSON.stringify(post)) },
  { weight: 8, arbitrary: submitted.map((post) => JSON.stringify(post)) },
  { weight: 1, arbitrary: any.map((value) => JSON.stringify(value)) },
  // A cut line, and a line with a byte that does not belong there.
  {
    weight: 1,
    arbitrary: fc.tuple(submitted, fc.nat(200), word).map(([post, at, noise]) => {
      const json = JSON.stringify(post);
      return json.slice(0, at) + noise + json.slice(at + 3);
    }),
  },
);

it(`${POSTS} submitted posts are taken or refused with a reason`, async () => {
  const posts = fc.sample(asJson, { numRuns: 10_000, seed: SEED });
  let taken = 0;
  const growth = await growthOf(POSTS, (index) => {
    const round = Math.floor(index / posts.length);
    const raw = (posts[index % posts.length] ?? '').replace('"id":"', `"id":"${round}`);
    const check = checkPost({ place: `fuzz:${index}`, raw, checkpoint: null });
    if (check.ok) taken += 1;
    else expect(check.refusal.message).not.toBe('');
  });
  console.info(`${POSTS} posts: ${taken} taken, heap ${Math.round(growth / 1024)} KiB more`);
  expect(taken).toBeGreaterThan(0);
  GrowthSchema.parse(growth);
});

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const TOKEN = 'a-token-of-24-characters';
const ENV = {
  LEAKWATCH_WEBHOOK_PORT: '0',
  LEAKWATCH_WEBHOOK_SECRETS: SECRET,
  LEAKWATCH_WEBHOOK_BODY_BYTES: '100000',
};

it(`${REQUESTS} requests get no 5xx but 503`, async () => {
  const store = await openTestStore();
  const ingest = await openIngest(ENV);
  const metrics = createMetrics({ processMetrics: false });
  const logger = silentLogger();
  const webhook = await startWebhookServer({
    app: ingest.app,
    config: loadIngestConfig(ENV).webhook,
    logger,
  });
  const tips = await startTipsServer({
    db: store.pool,
    metrics,
    logger,
    settings: {
      host: '127.0.0.1',
      port: 0,
      tokens: [{ name: 'a', class: 'peer', token: TOKEN }],
      perMinute: 100_000,
    },
  });
  const ops = await startOpsServer({ host: '127.0.0.1', port: 0, metrics, checks: () => [] });
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const statuses = new Map<string, number>();
  const random = seededRandom(SEED);
  const pick = <T>(of: readonly T[]): T => {
    const one = of[Math.floor(random() * of.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const bodies = fc.sample(asJson, { numRuns: 2_000, seed: SEED });
  const hosts = [webhook.address, tips.address, ops.address];
  const paths = [
    '/v1/posts',
    '/v1/tips',
    '/v1/reports',
    '/metrics',
    '/readyz',
    '/healthz',
    '/',
    '/%00',
    '/v1/posts?a[b]=%ff',
    '/..%2f',
    `/${'a'.repeat(3000)}`,
  ];
  const header = () =>
    pick([
      '',
      'x'.repeat(257),
      '-1',
      'NaN',
      '1e9',
      '\u00ff',
      '*/*',
      'application/json',
      'text/plain; charset=utf-7',
      'Bearer',
      TOKEN,
    ]);
  try {
    const growth = await growthOf(REQUESTS, async (index) => {
      const post = pick(bodies);
      const body = pick([
        post,
        `[${post}]`,
        `{"posts": [${post}]}`,
        `{"links": ["https://example.org/${index}"], "seen": ${JSON.stringify(post.slice(0, 300))}}`,
      ]);
      const id = pick([`m${index}`, `m${index % 50}`]);
      const at = new Date();
      const honest = {
        'content-type': 'application/json',
        authorization: `Bearer ${TOKEN}`,
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(SECRET).sign(id, at, body),
      };
      const bent =
        random() < 0.5
          ? {}
          : {
              [pick([...Object.keys(honest), 'accept', 'idempotency-key', 'expect', 'transfer-encoding'])]:
                header(),
            };
      const isWhole = random() < 0.6;
      const whole = pick([
        { host: webhook.address, path: '/v1/posts' },
        { host: tips.address, path: '/v1/tips' },
      ]);
      const status = await statusOf(
        isWhole ? whole.host : pick(hosts),
        {
          agent,
          method: isWhole ? 'POST' : pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']),
          path: isWhole ? whole.path : pick(paths),
          headers: { ...honest, ...bent },
        },
        body,
      );
      const key = String(status);
      statuses.set(key, (statuses.get(key) ?? 0) + 1);
    });
    console.info(
      `${REQUESTS} requests: ${JSON.stringify(Object.fromEntries(statuses))}, heap ${Math.round(growth / 1024)} KiB more`,
    );
    expect([...statuses.keys()].filter((status) => status.startsWith('5') && status !== '503')).toEqual([]);
    expect(statuses.get('202')).toBeGreaterThan(0);
    GrowthSchema.parse(growth);
  } finally {
    agent.destroy();
    await Promise.all([webhook.stop(), tips.stop(), ops.stop()]);
    await ingest.close();
    await store.drop();
  }
});

/** The status of the answer; `reset` if the server closed the connection, `unsendable` if Node refuses to send it. */
function statusOf(
  address: string,
  options: { agent: Agent; method: string; path: string; headers: Record<string, string> },
  body: string,
): Promise<number | string> {
  return new Promise((resolve) => {
    try {
      const { hostname, port } = new URL(address);
      const asked = request({ hostname, port, ...options }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 'none'));
      });
      asked.once('error', () => resolve('reset'));
      asked.end(options.method === 'GET' || options.method === 'HEAD' ? undefined : body);
    } catch {
      resolve('unsendable');
    }
  });
}
