import { messageOf } from '@leakwatch/runtime';
import { fileTypeFromBuffer } from 'file-type';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import {
  assertPublicLiteral,
  ForbiddenAddressError,
  isPublicAddress,
  createPublicLookup,
} from './public-address.ts';

/** Why media could not be fetched; `canRetry` if another attempt may succeed. */
export class MediaFetchError extends Error {
  readonly reason: MediaFetchReason;
  readonly canRetry: boolean;

  constructor(reason: MediaFetchReason, message: string, options: { canRetry: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'MediaFetchError';
    this.reason = reason;
    this.canRetry = options.canRetry;
  }
}

export type MediaFetchReason =
  | 'bad-media-url'
  | 'forbidden-address'
  | 'media-refused'
  | 'media-too-large'
  | 'media-unreachable'
  | 'not-an-image';

export interface FetchedMedia {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

export interface MediaFetcher {
  /** Fetches the bytes at an address. Rejects with MediaFetchError. */
  fetch(url: string): Promise<FetchedMedia>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 3;
const IMAGE_TYPES = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  'image/tiff',
]);

/**
 * Fetches media from addresses that strangers wrote. It contacts public hosts only, checked when a name is resolved and
 * again on the connected socket. It follows at most three redirects, each checked anew, sends no cookies, and bounds bytes
 * and time. The bytes must begin like an image, whatever type the server gives.
 */
export function createMediaFetcher(options: {
  timeoutMs: number;
  maxBytes: number;
  allowPrivateAddresses: boolean;
}): MediaFetcher {
  const agent = new Agent({ connect: createConnector(options) });

  return {
    fetch: async (url) => {
      try {
        return await follow(agent, url, options, AbortSignal.timeout(options.timeoutMs));
      } catch (error) {
        throw toMediaFetchError(error, options.timeoutMs);
      }
    },
    close: () => agent.destroy(),
  };
}

function createConnector(options: { timeoutMs: number; allowPrivateAddresses: boolean }) {
  const timeout = Math.min(options.timeoutMs, 10_000);
  if (options.allowPrivateAddresses) return buildConnector({ timeout });
  const connect = buildConnector({ timeout, lookup: createPublicLookup() });
  const checked: buildConnector.connector = (target, callback) => {
    connect(target, (...result) => {
      if (result[0] === null && !isPublicAddress(result[1].remoteAddress ?? '')) {
        result[1].destroy();
        callback(new ForbiddenAddressError('the connection went to an address that is not public'), null);
        return;
      }
      callback(...result);
    });
  };
  return checked;
}

async function follow(
  agent: Agent,
  url: string,
  options: { maxBytes: number; allowPrivateAddresses: boolean },
  signal: AbortSignal,
): Promise<FetchedMedia> {
  let target = parseUrl(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (!options.allowPrivateAddresses) assertPublicLiteral(target.hostname);
    const response = await request(target, {
      dispatcher: agent,
      signal,
      headers: { accept: 'image/*', 'accept-encoding': 'identity' },
    });
    const location = response.headers.location;
    if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
      await response.body.dump();
      target = parseUrl(location, target);
      continue;
    }
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw new MediaFetchError('media-refused', `the host answered ${response.statusCode}`, {
        canRetry: response.statusCode === 429 || response.statusCode >= 500,
      });
    }
    return asImage(await readBounded(response.body, options.maxBytes));
  }
  throw new MediaFetchError('media-refused', `more than ${MAX_REDIRECTS} redirects`, { canRetry: false });
}

function parseUrl(url: string, base?: URL): URL {
  if (!URL.canParse(url, base?.href)) {
    throw new MediaFetchError('bad-media-url', 'the media address is not a URL', { canRetry: false });
  }
  const parsed = new URL(url, base);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new MediaFetchError('bad-media-url', `cannot fetch ${parsed.protocol} addresses`, {
      canRetry: false,
    });
  }
  return parsed;
}

async function readBounded(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the response is not bytes');
    size += chunk.length;
    if (size > maxBytes) {
      body.destroy();
      throw new MediaFetchError('media-too-large', `more than ${maxBytes} bytes`, { canRetry: false });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function asImage(bytes: Buffer): Promise<FetchedMedia> {
  const type = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  if (type === undefined || !IMAGE_TYPES.has(type.mime)) {
    throw new MediaFetchError('not-an-image', `the media is ${type?.mime ?? 'of no known type'}`, {
      canRetry: false,
    });
  }
  return { bytes, mime: type.mime };
}

function toMediaFetchError(error: unknown, timeoutMs: number): MediaFetchError {
  if (error instanceof MediaFetchError) return error;
  const forbidden = [error, error instanceof Error ? error.cause : undefined].find(
    (candidate) => candidate instanceof ForbiddenAddressError,
  );
  if (forbidden !== undefined) {
    return new MediaFetchError('forbidden-address', forbidden.message, { canRetry: false, cause: error });
  }
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new MediaFetchError('media-unreachable', `no answer within ${timeoutMs} ms`, {
      canRetry: true,
      cause: error,
    });
  }
  return new MediaFetchError('media-unreachable', messageOf(error), { canRetry: true, cause: error });
}
