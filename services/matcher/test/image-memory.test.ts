import { createServer, type Server } from 'node:http';
import { EVENTS } from '@leakwatch/contracts';
import { encodeEvent, type LogRecord } from '@leakwatch/event-log';
import { createImageEngine, type ImageEngine } from '@leakwatch/image-matching';
import { compileWatchList, EMPTY_WATCH_LIST } from '@leakwatch/matching';
import { createByteBudget } from '@leakwatch/runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaFetcher, type MediaFetcher } from '../media/fetch-media.ts';
import { createImageLane } from '../pipeline.ts';
import { postWithPictures } from './support/post-with-pictures.ts';

const AT = '2026-09-01T12:00:00.000Z';
const KIB = 1024;
const PICTURE_BYTES = 200 * KIB;

let server: Server;
let url: string;
let engine: ImageEngine;
let fetcher: MediaFetcher;

beforeAll(async () => {
  engine = await createImageEngine({ workers: 1 });
  fetcher = createMediaFetcher({
    timeoutMs: 10_000,
    maxBytes: PICTURE_BYTES,
    allowPrivateAddresses: true,
    ports: null,
  });
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();
  // A valid picture with padding behind it.
  const padded = Buffer.concat([picture, Buffer.alloc(PICTURE_BYTES - picture.length)]);
  server = createServer((request, response) => {
    if (request.url === '/announced') response.setHeader('content-length', padded.length);
    response.write(padded.subarray(0, 1000));
    response.end(padded.subarray(1000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  await fetcher.close();
  await engine.close();
  server.closeAllConnections();
  server.close();
});

function recordOf(nativeId: string, addresses: readonly string[]): LogRecord {
  const post = postWithPictures({ nativeId, creatorId: 'bigone', at: AT }, addresses);
  const attributes = { id: post.id, key: post.creatorId, source: '/test', time: new Date(AT) };
  return {
    ...encodeEvent(EVENTS.post, post, attributes),
    partition: 0,
    offset: 0n,
    appendedAt: new Date(AT),
  };
}

/** A lane whose posts may hold `postKib` each; `most` is the most that all of them held when a picture had come. */
function laneWith(postKib: number) {
  const budget = createByteBudget({ bytes: 2 * postKib * KIB, perAccount: postKib * KIB });
  const seen = { most: 0, pictures: 0 };
  const lane = createImageLane(
    {
      watchList: () => compileWatchList(EMPTY_WATCH_LIST),
      clock: () => new Date(AT),
      keep: () => Promise.resolve(),
    },
    {
      budget,
      guard: async (records, process) => [...(await process(records))],
      putOff: () => Promise.reject(new Error('no host is slow')),
      scanner: {
        engine,
        observeNote: () => undefined,
        loadMedia: async (media, options) => {
          const loaded = await fetcher.fetch(media.sourceUrl ?? '', options);
          seen.pictures += 1;
          seen.most = Math.max(seen.most, budget.held());
          return loaded;
        },
      },
    },
  );
  const process = (records: readonly LogRecord[]) => lane.process(records, new AbortController().signal);
  return { process, seen };
}

describe('the image lane', () => {
  it.each(['/announced', '/unannounced'])(
    'scans posts of large pictures at %s within the memory for all of them',
    async (path) => {
      const { process, seen } = laneWith(900);
      const posts = Array.from({ length: 8 }, (_unused, n) =>
        recordOf(
          `big-${n}`,
          Array.from({ length: 4 }, () => url + path),
        ),
      );
      const outcomes = await process(posts);
      expect(outcomes.map(({ kind }) => kind)).toEqual(posts.map(() => 'ok'));
      expect(seen.pictures).toBe(32);
      expect(seen.most).toBeGreaterThan(0);
      expect(seen.most).toBeLessThanOrEqual(1800 * KIB);
    },
  );

  it('scans as many pictures of one post as it may hold, and says that the others were too many', async () => {
    const { process, seen } = laneWith(500);
    const [outcome] = await process([
      recordOf(
        'huge',
        Array.from({ length: 5 }, () => `${url}/announced`),
      ),
    ]);
    expect(seen.pictures).toBe(2);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'post-too-large', retry: false });
    expect(outcome?.kind === 'failed' ? outcome.emit?.map(({ topic }) => topic) : null).toEqual([
      'fingerprints',
    ]);
  });
});
