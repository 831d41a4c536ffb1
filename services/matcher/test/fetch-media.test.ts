import { createServer, type RequestListener, type Server } from 'node:http';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMediaFetcher, MediaFetchError, type MediaFetcher } from '../media/fetch-media.ts';

let picture: Buffer;
let server: Server | null = null;
let fetcher: MediaFetcher | null = null;

beforeAll(async () => {
  picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
});

afterEach(async () => {
  await fetcher?.close();
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A server on loopback, which a fetcher with real settings would refuse. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

function createFetcher(
  options: {
    allowPrivateAddresses?: boolean;
    maxBytes?: number;
    timeoutMs?: number;
    ports?: ReadonlySet<number>;
  } = {},
) {
  fetcher = createMediaFetcher({
    allowPrivateAddresses: true,
    maxBytes: 100_000,
    timeoutMs: 2_000,
    ports: null,
    ...options,
  });
  return fetcher;
}

async function failureOf(work: Promise<unknown>): Promise<Pick<MediaFetchError, 'reason' | 'canRetry'>> {
  const error: unknown = await work.then(
    () => new Error('it was fetched'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MediaFetchError)) throw error;
  return { reason: error.reason, canRetry: error.canRetry };
}

describe('media fetcher', () => {
  it('gives the bytes and says what they are, whatever the server calls them', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'text/plain').end(picture);
    });
    const fetched = await createFetcher().fetch(`${url}/a`);
    expect(fetched.mime).toBe('image/png');
    expect(Buffer.from(fetched.bytes).equals(picture)).toBe(true);
  });

  it('asks no port that is not allowed, neither at first nor after a redirect', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://127.0.0.1:6379/' }).end();
    });
    const forbidden = { reason: 'forbidden-address', canRetry: false };
    const webOnly = createFetcher({ ports: new Set([80, 443]) });
    expect(await failureOf(webOnly.fetch(`${url}/a`))).toEqual(forbidden);
    expect(await failureOf(webOnly.fetch('https://127.0.0.1:22/a'))).toEqual(forbidden);
    expect(asked).toBe(0);
    await webOnly.close();
    const andThis = createFetcher({ ports: new Set([Number(new URL(url).port)]) });
    expect(await failureOf(andThis.fetch(`${url}/a`))).toEqual(forbidden);
    expect(asked).toBe(1);
  });

  it('follows three redirects and not a fourth', async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(picture);
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const { bytes } = await createFetcher().fetch(`${url}/3`);
    expect(bytes.length).toBe(picture.length);
    expect(await failureOf(createFetcher().fetch(`${url}/4`))).toEqual({
      reason: 'media-refused',
      canRetry: false,
    });
  });

  it('stops reading at the limit, though the server says nothing of a length', async () => {
    const url = await serve((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(10_000)));
        response.once('drain', more);
      };
      more();
    });
    expect(await failureOf(createFetcher().fetch(url))).toEqual({
      reason: 'media-too-large',
      canRetry: false,
    });
  });

  it('does not wait for ever for a server that hangs', async () => {
    const url = await serve(() => undefined);
    const failure = await failureOf(createFetcher({ timeoutMs: 200 }).fetch(url));
    expect(failure).toEqual({ reason: 'media-unreachable', canRetry: true });
  });

  it('tells what may get better from what will not', async () => {
    const url = await serve((request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end();
    });
    expect(await failureOf(createFetcher().fetch(`${url}/503`))).toEqual({
      reason: 'media-refused',
      canRetry: true,
    });
    expect(await failureOf(createFetcher().fetch(`${url}/404`))).toEqual({
      reason: 'media-refused',
      canRetry: false,
    });
  });

  it('takes every picture that is decoded: of any format, animated, behind junk, and as a page of a document', async () => {
    const behindJunk = Buffer.concat([Buffer.from('\r\n\r\n'), picture]);
    const bodies = {
      'image/png': behindJunk,
      'image/bmp': Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), Buffer.from([40]), Buffer.alloc(60)]),
      'image/jp2': Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'),
      'image/jxl': Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1'),
      'image/heic': Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1'),
      'application/pdf': Buffer.from('%PDF-1.7\n'),
      'image/avif': Buffer.from('\0\0\0\x18ftypavis\0\0\0\0avisavif', 'latin1'),
    };
    const served = new Map(Object.entries(bodies));
    const url = await serve((request, response) => {
      response.end(served.get(request.url?.slice(1) ?? ''));
    });
    const fetching = createFetcher();
    for (const [mime, body] of served) {
      expect(await fetching.fetch(`${url}/${mime}`)).toMatchObject({ mime, bytes: body });
    }
  });

  it('refuses what is not an image, and addresses that are none', async () => {
    const url = await serve((_request, response) => {
      response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    });
    expect((await failureOf(createFetcher().fetch(url))).reason).toBe('not-an-image');
    expect((await failureOf(createFetcher().fetch('file:///etc/passwd'))).reason).toBe('bad-media-url');
    expect((await failureOf(createFetcher().fetch('no url'))).reason).toBe('bad-media-url');
  });

  it('never asks a host that is not public: not by address, not by name', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.end(picture);
    });
    const strict = createFetcher({ allowPrivateAddresses: false });
    const forbidden = { reason: 'forbidden-address', canRetry: false };
    expect(await failureOf(strict.fetch(url))).toEqual(forbidden);
    expect(await failureOf(strict.fetch(url.replace('127.0.0.1', 'localhost')))).toEqual(forbidden);
    expect(await failureOf(strict.fetch(url.replace('127.0.0.1', '[::ffff:7f00:1]')))).toEqual(forbidden);
    expect(await failureOf(strict.fetch(url.replace('127.0.0.1', '2130706433')))).toEqual(forbidden);
    expect(asked).toBe(0);
  });
});
