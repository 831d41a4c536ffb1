/** Senders that hold back, forge or flood: others are served, and memory is bounded. */
import { once } from 'node:events';
import { request } from 'node:http';
import net from 'node:net';
import { silentLogger } from '@leakwatch/runtime';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadIngestConfig, startWebhookServer } from '../index.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';

const SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const BODY_BYTES = 100_000;
const ENV = {
  LEAKWATCH_WEBHOOK_PORT: '0',
  LEAKWATCH_WEBHOOK_SECRETS: SECRET,
  LEAKWATCH_WEBHOOK_BODY_BYTES: String(BODY_BYTES),
  LEAKWATCH_WEBHOOK_BYTES_AT_ONCE: String(4 * BODY_BYTES),
  LEAKWATCH_WEBHOOK_DELIVERIES_AT_ONCE: '8',
};

let ingest: IngestUnderTest;
let server: Awaited<ReturnType<typeof startWebhookServer>>;
const open: net.Socket[] = [];

beforeAll(async () => {
  ingest = await openIngest(ENV);
  const config = loadIngestConfig(ENV).webhook;
  server = await startWebhookServer({ app: ingest.app, config, logger: silentLogger() });
});
afterAll(async () => {
  open.forEach((socket) => socket.destroy());
  await server.stop();
  await ingest.close();
});

/** Sends the head of a delivery, and none of its body. */
async function sendHead(headers: Record<string, string>): Promise<net.Socket> {
  const { hostname, port } = new URL(server.address);
  const socket = net.connect(Number(port), hostname);
  open.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /v1/posts HTTP/1.1\r\nHost: leakwatch\r\n${lines.join('')}\r\n`);
  return socket;
}

/** Everything that a connection answers until it is closed. */
async function answerOf(socket: net.Socket): Promise<string> {
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  await once(socket, 'close');
  return answer;
}

const forged = (length: number) => ({
  'content-length': String(length),
  'webhook-id': 'forged',
  'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
  'webhook-signature': `v1,${Buffer.alloc(32, 7).toString('base64')}`,
});

/** Sends a signed delivery from an address of this machine. */
async function sendFrom(address: string, id: string, text: string): Promise<number | undefined> {
  const at = new Date();
  const body = JSON.stringify([{ id, text }]);
  const { hostname, port } = new URL(server.address);
  const sending = request({
    host: hostname,
    port,
    localAddress: address,
    method: 'POST',
    path: '/v1/posts',
    headers: {
      'content-length': Buffer.byteLength(body),
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign(id, at, body),
    },
  });
  sending.end(body);
  return new Promise((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
}

describe('before its body is read', () => {
  it.each([
    ['without a signature', { 'content-length': '90000' }],
    ['signed long ago', { ...forged(90_000), 'webhook-timestamp': '1700000000' }],
    ['with a signature of no known kind', { ...forged(90_000), 'webhook-signature': 'v0,AAAA' }],
  ])('a delivery %s is refused, and its connection closed', async (_name, headers) => {
    expect(await answerOf(await sendHead(headers))).toMatch(/^HTTP\/1\.1 401 .*connection: close/is);
  });

  it('a delivery that is announced as too large is refused', async () => {
    expect(await answerOf(await sendHead(forged(BODY_BYTES + 1)))).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('a delivery whose id is too long is refused, not taken as one without an id', async () => {
    const answer = await answerOf(await sendHead({ ...forged(10), 'webhook-id': 'x'.repeat(257) }));
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*1 to 256 visible/is);
  });
});

it('takes the deliveries of others while one address holds back the bodies that it announced', async () => {
  const held = await Promise.all(Array.from({ length: 40 }, () => sendHead(forged(BODY_BYTES))));
  expect(await sendFrom('127.0.0.2', 'honest', 'from elsewhere')).toBe(202);
  // Once the first address closes its connections, it may open new ones.
  held.forEach((socket) => socket.destroy());
  expect(await sendFrom('127.0.0.1', 'honest-2', 'from there')).toBe(202);
});

it('takes whole what comes at once, though it lets only a few in at a time', async () => {
  const text = 'x'.repeat(50_000);
  const codes = await Promise.all(
    Array.from({ length: 40 }, (_, index) => sendFrom('127.0.0.1', `burst-${index}`, text)),
  );
  expect(new Set(codes)).toEqual(new Set([202]));
  expect((await ingest.posts()).filter(({ nativeId }) => nativeId.startsWith('burst-'))).toHaveLength(40);
});
