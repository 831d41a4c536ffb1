import { EventLogError, type EventLog } from '@leakwatch/event-log';
import { silentLogger } from '@leakwatch/runtime';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadIngestConfig, startWebhookServer } from '../index.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';

const OLD_SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

const ENV = {
  LEAKWATCH_WEBHOOK_PORT: '0',
  LEAKWATCH_WEBHOOK_SECRETS: `${OLD_SECRET} ${SECRET}`,
  LEAKWATCH_WEBHOOK_BODY_BYTES: '100000',
  LEAKWATCH_WEBHOOK_POSTS: '50',
};

let ingest: IngestUnderTest;
let server: Awaited<ReturnType<typeof startWebhookServer>>;
let logIsAway = false;

/** A log that can be switched off, like a broker during a restart. */
function sometimesAway(log: EventLog): EventLog {
  return {
    ...log,
    publish: (records) =>
      logIsAway
        ? Promise.reject(new EventLogError('log-unavailable', 'the broker is away'))
        : log.publish(records),
  };
}

beforeAll(async () => {
  ingest = await openIngest(ENV, sometimesAway);
  const config = loadIngestConfig(ENV).webhook;
  server = await startWebhookServer({ app: ingest.app, config, logger: silentLogger() });
});
afterAll(async () => {
  await server.stop();
  await ingest.close();
});

let deliveries = 0;

interface Sending {
  id?: string;
  secret?: string;
  at?: Date;
  headers?: Record<string, string>;
}

async function send(body: unknown, { id, secret = SECRET, at = new Date(), headers = {} }: Sending = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  deliveries += 1;
  const deliveryId = id ?? `msg_${deliveries}`;
  const response = await fetch(`${server.address}/v1/posts`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'webhook-id': deliveryId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(deliveryId, at, text),
      ...headers,
    },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer, headers: response.headers };
}

const published = async (id: string) => (await ingest.posts()).filter((post) => post.nativeId === id);

describe('a signed delivery', () => {
  it('is accepted with the ids of its posts, which are then in the log', async () => {
    const { status, answer } = await send([
      { id: 'w1', text: 'one' },
      { id: 'w2', text: 'two', platform: 'bluesky' },
    ]);
    expect(status).toBe(202);
    const [w1] = await published('w1');
    const [w2] = await published('w2');
    expect(w1).toMatchObject({ platform: 'webhook', instance: 'default', text: 'one' });
    expect(answer).toEqual({
      posts: [
        { index: 0, id: w1?.id, outcome: 'published' },
        { index: 1, id: w2?.id, outcome: 'published' },
      ],
    });
  });

  it('may wrap its posts, call itself anything, and be signed with any secret of a rotation', async () => {
    const sending = { secret: OLD_SECRET, headers: { 'content-type': 'text/plain' } };
    expect((await send({ posts: [{ id: 'w3', text: 'x' }] }, sending)).status).toBe(202);
  });

  it('gets the same answer when it is repeated', async () => {
    const body = [{ id: 'w4', text: 'x' }];
    const first = await send(body, { id: 'repeated' });
    const second = await send(body, { id: 'repeated' });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.answer).toEqual(first.answer);
    expect(await published('w4')).toHaveLength(1);
    expect((await send([{ id: 'w4', text: 'other' }], { id: 'repeated' })).status).toBe(409);
  });

  it('says which posts were known', async () => {
    await send([{ id: 'w5', text: 'x' }]);
    const { status, answer } = await send([{ id: 'w5', text: 'x' }]);
    expect(status).toBe(202);
    expect(answer).toMatchObject({ posts: [{ index: 0, outcome: 'duplicate' }] });
  });

  it('is refused whole, with the index and reason of each bad post', async () => {
    const { status, answer } = await send([
      { id: 'w6', text: 'good' },
      { id: 'w7', text: 7 },
      null,
      { id: 'w8', media: [{ url: 'https://a.test/a.jpg' }, { file: 'passwd' }] },
    ]);
    expect(status).toBe(422);
    expect(answer).toEqual({
      error: 'some posts are wrong; none was taken',
      posts: [
        { index: 1, reason: 'bad-post', message: 'text: must be text, not a number' },
        {
          index: 2,
          reason: 'bad-post',
          message: '(whole document): must be an object, not null',
        },
        {
          index: 3,
          reason: 'bad-post',
          message: 'media[1].file: a delivery names its media by `url` only',
        },
      ],
    });
    expect(await published('w6')).toEqual([]);
    expect(await ingest.deadLetters()).toEqual([]);
  });

  it('refuses a post that is nested without end by its index', async () => {
    const nested = `[{"id":"w9","text":"x"},{"id":"w10","text":"x","more":${'['.repeat(40_000)}${']'.repeat(40_000)}}]`;
    const { status, answer } = await send(nested);
    expect(status).toBe(422);
    expect(answer).toMatchObject({
      posts: [{ index: 1, reason: 'too-large', message: 'nested too deeply' }],
    });
  });

  it.each([
    ['no JSON', '{"posts": ['],
    ['no batch', '{"id": "w11", "text": "x"}'],
    ['empty', ''],
  ])('with a body that is %s is refused', async (_name, body) => {
    expect((await send(body)).status).toBe(400);
  });

  it('that is too large is refused', async () => {
    expect((await send([{ id: 'w12', text: 'x'.repeat(100_000) }])).status).toBe(413);
    const many = Array.from({ length: 51 }, (_, i) => ({ id: `many-${i}`, text: 'x' }));
    expect((await send(many)).status).toBe(413);
  });

  it('is turned away while the log is away, and taken afterwards', async () => {
    const body = [{ id: 'w13', text: 'x' }];
    logIsAway = true;
    const refused = await send(body, { id: 'comes-again' });
    logIsAway = false;
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.answer).toEqual({ error: 'the delivery can not be taken now; come again' });
    expect((await send(body, { id: 'comes-again' })).status).toBe(202);
    expect(await published('w13')).toHaveLength(1);
  });
});

describe('a delivery that we can not trust', () => {
  const body = [{ id: 'forged', text: 'x' }];
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it.each([
    ['signed with another secret', { secret: `whsec_${Buffer.alloc(24, 9).toString('base64')}` }],
    ['signed for another id', { headers: { 'webhook-id': 'another' } }],
    ['without a signature', { headers: { 'webhook-signature': '' } }],
    ['with a broken signature', { headers: { 'webhook-signature': 'v1,AAAA v1a,BBBB' } }],
    ['signed six minutes ago', { at: minutesAgo(6) }],
    ['signed six minutes from now', { at: minutesAgo(-6) }],
    ['with a timestamp that is none', { headers: { 'webhook-timestamp': '12x' } }],
  ])('%s is refused without a detail', async (_name, sending) => {
    const { status, answer } = await send(body, sending);
    expect(status).toBe(401);
    expect(answer).toEqual({ error: 'the signature is missing, wrong or too old' });
    expect(await published('forged')).toEqual([]);
  });

  it('learns nothing of its JSON without a signature', async () => {
    expect((await send('{"posts": [', { headers: { 'webhook-signature': 'v1,AAAA' } })).status).toBe(401);
  });
});

describe('a webhook without a secret', () => {
  const start = (env: NodeJS.ProcessEnv) => {
    const config = loadIngestConfig({ LEAKWATCH_WEBHOOK_PORT: '0', ...env }).webhook;
    return startWebhookServer({ app: ingest.app, config, logger: silentLogger() });
  };

  it('does not start', async () => {
    await expect(start({})).rejects.toThrow(/LEAKWATCH_WEBHOOK_SECRETS/);
  });

  it('takes unsigned posts where that is asked for', async () => {
    const open = await start({ LEAKWATCH_WEBHOOK_UNSIGNED: '1' });
    const response = await fetch(`${open.address}/v1/posts`, {
      method: 'POST',
      body: JSON.stringify([{ id: 'unsigned', text: 'x' }]),
    });
    await open.stop();
    expect(response.status).toBe(202);
    expect(await published('unsigned')).toHaveLength(1);
  });
});

describe('settings of ingest', () => {
  it('name every mistake at once, and no secret', () => {
    const load = () =>
      loadIngestConfig({
        LEAKWATCH_INGEST_BATCH_POSTS: '0',
        LEAKWATCH_WEBHOOK_PORT: 'http',
        LEAKWATCH_WEBHOOK_SECRETS: 'whsec_c2hvcnQ=',
      });
    expect(load).toThrow(/LEAKWATCH_INGEST_BATCH_POSTS: must be from 1 to 5000/);
    expect(load).toThrow(/LEAKWATCH_WEBHOOK_PORT: must be a whole number/);
    expect(load).toThrow(/LEAKWATCH_WEBHOOK_SECRETS: each secret must be/);
    expect(load).not.toThrow(/c2hvcnQ/);
  });
});
