/**
 * Services in control groups of the size that docker-compose.yml gives them, under what the limits in the documents allow. Prints what
 * each took at most.
 */
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { itNeeds } from '@leakwatch/runtime/testing';
import { saveWatchList } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterEach, beforeEach, describe, expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { makeNames, seededRandom } from '../../packages/text-matching/bench/make-corpus.ts';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { canLimitMemory, makeMemoryGroup, type MemoryGroup } from '../harness/memory-group.ts';
import { startService, type ServiceProcess } from '../harness/service-processes.ts';
import { waitFor } from '../harness/wait-for.ts';

const MIB = 2 ** 20;
/** As docker-compose.yml has it. */
const SERVICE_BYTES = 512 * MIB;
const IMAGE_LANE_BYTES = 2048 * MIB;
/** As infra/docker/Dockerfile has it. */
const NODE_ARGS = ['--max-semi-space-size=32', '--single-threaded-gc'];
/** A hundred thousand terms take a busy machine some minutes. */
const PATIENCE_MS = 900_000;

const itLimits = itNeeds('root that may make control groups of memory', canLimitMemory());

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.drop());

function patiently(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return waitFor(what, condition, undefined, PATIENCE_MS);
}

interface Limited {
  readonly service: ServiceProcess;
  readonly group: MemoryGroup;
  /** Says in one line what the service took, and that it still runs. */
  tell(what: string): Promise<void>;
}

async function startLimited(
  command: readonly string[],
  bytes: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Limited> {
  const group = makeMemoryGroup(`soak-${process.pid}-${command.join('')}`, bytes);
  const service = await startService(command, {
    prefix: group.prefix,
    nodeArgs: NODE_ARGS,
    env: { DATABASE_URL: store.connectionString, LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET, ...env },
  });
  onTestFinished(async () => {
    service.kill('SIGTERM');
    await service.ended;
    group.remove();
  });
  return {
    service,
    group,
    tell: async (what) => {
      const answer = await fetch(`${service.ops}/healthz`);
      const [most, limit] = [group.mostBytes(), bytes].map((n) => Math.round(n / MIB));
      console.log(
        `${command.join(' ')}, ${what}: at most ${most} of ${limit} MiB, the limit reached ${group.timesFull()} times`,
      );
      expect(answer.status).toBe(200);
    },
  };
}

function listOf(terms: number, seed: number) {
  return {
    campaigns: [
      {
        ...{ id: 'launch', name: 'Launch', embargo: { liftsAt: '2099-01-01T00:00:00.000Z' } },
        ...{ sensitivity: 'normal' as const, approvedPosts: [], assets: [] },
        terms: makeNames(terms, seededRandom(seed)).map((text, n) => ({ id: `t${seed}-${n}`, text })),
      },
    ],
    creators: [],
  };
}

async function metricOf({ ops }: ServiceProcess, pattern: RegExp): Promise<number> {
  const text = await (await fetch(`${ops}/metrics`)).text();
  return Number(pattern.exec(text)?.[1] ?? Number.NaN);
}

describe('a watch list in a text matcher', () => {
  for (const [terms, bytes] of [
    [20_000, SERVICE_BYTES],
    // As docs/operate/production.md says.
    [100_000, 720 * MIB],
  ] as const) {
    itLimits(`of ${terms} terms, and its next version`, async () => {
      const save = async (seed: number) =>
        (await store.transaction((tx) => saveWatchList(tx, listOf(terms, seed)))).version;
      await save(1);
      const text = await startLimited(['matcher', '--lane', 'text'], bytes);
      const isInForce = async (version: number) =>
        (await metricOf(text.service, /^leakwatch_watchlist_version\{lane="text"\} (\d+)$/m)) === version;
      await patiently('the first version', () => isInForce(1));
      await text.tell(`${terms} terms`);
      await save(2);
      await patiently('the second version', () => isInForce(2));
      await text.tell(`${terms} terms, and another version of as many`);
    });
  }
});

/** A host of pictures that are valid at their beginning. */
async function serveLargePictures(bytes: number): Promise<string> {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': String(bytes) });
    response.write(head);
    let left = bytes - head.length;
    const chunk = Buffer.alloc(MIB);
    const pump = () => {
      while (left > 0) {
        const size = Math.min(left, chunk.length);
        left -= size;
        if (!response.write(chunk.subarray(0, size))) {
          response.once('drain', pump);
          return;
        }
      }
      response.end();
    };
    pump();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${z.object({ port: z.int() }).parse(server.address()).port}`;
}

const LARGE_POSTS = 16;
const PICTURES_A_POST = 20;

itLimits('16 posts of 20 pictures of 25 MiB, and an honest one behind them', async () => {
  await store.transaction((tx) => saveWatchList(tx, listOf(10, 1)));
  const host = await serveLargePictures(25 * MIB);
  const ingest = await startLimited(['ingest'], SERVICE_BYTES);
  const posts = Array.from({ length: LARGE_POSTS }, (_, n) => ({
    ...{ id: `large-${n}`, author: { id: `a${n % 4}` }, text: 'hi' },
    media: Array.from({ length: PICTURES_A_POST }, (_picture, p) => ({ url: `${host}/${n}-${p}.jpg` })),
  }));
  const answer = await deliverPosts(ingest.service.webhook ?? '', 'msg_large', [
    ...posts,
    { id: 'small', author: { id: 'a0' }, text: 'hi' },
  ]);
  expect(answer.status).toBe(202);
  const image = await startLimited(['matcher', '--lane', 'image'], IMAGE_LANE_BYTES, {
    LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1',
  });
  await patiently('all posts to be behind the image lane', async () => {
    const text = await (await fetch(`${image.service.ops}/metrics`)).text();
    const scanned = [...text.matchAll(/^leakwatch_posts_scanned_total\{lane="image",[^}]*\} (\d+)$/gm)];
    const lag = /^leakwatch_consumer_lag_records\{group="matcher-image"\} (\d+)$/m.exec(text)?.[1];
    return lag === '0' && scanned.reduce((sum, [, n]) => sum + Number(n), 0) > LARGE_POSTS;
  });
  await image.tell(`${LARGE_POSTS} posts of ${PICTURES_A_POST} pictures of 25 MiB`);
});

const DELIVERY_BYTES = 8 * MIB;

itLimits('70 bodies of 8 MiB without a signature', async () => {
  const ingest = await startLimited(['ingest'], SERVICE_BYTES);
  const { hostname, port } = new URL(ingest.service.webhook ?? '');
  let closed = 0;
  const sockets: Socket[] = Array.from({ length: 70 }, () => {
    const socket = connect(Number(port), hostname);
    socket
      .on('close', () => (closed += 1))
      .on('error', () => undefined)
      .on('data', () => undefined);
    socket.write(`POST /v1/posts HTTP/1.1\r\nHost: a\r\nContent-Length: ${DELIVERY_BYTES}\r\n\r\n`);
    socket.write(Buffer.alloc(DELIVERY_BYTES - 1, ' '));
    return socket;
  });
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  await patiently('all connections to be closed', () => closed === sockets.length);
  await ingest.tell('70 unsigned bodies of 8 MiB');
});

itLimits('200 signed deliveries of 1,000 posts at once', async () => {
  const ingest = await startLimited(['ingest'], SERVICE_BYTES);
  const statuses = new Map<number, number>();
  await Promise.all(
    Array.from({ length: 200 }, async (_, delivery) => {
      const posts = Array.from({ length: 1000 }, (_post, n) => ({
        ...{ id: `burst-${delivery}-${n}`, author: { id: `b${n % 97}` } },
        text: `burst ${'lorem ipsum '.repeat(15)}`,
      }));
      const { status } = await deliverPosts(ingest.service.webhook ?? '', `msg_${delivery}`, posts);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
  );
  const answers = [...statuses].map(([status, n]) => `${n} × ${status}`).join(', ');
  await ingest.tell(`200 deliveries of 1,000 posts (${answers})`);
  expect([...statuses.keys()].filter((status) => status !== 202 && status !== 503)).toEqual([]);
});
