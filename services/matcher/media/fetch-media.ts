import { pictureType } from '@leakwatch/image-matching';
import { messageOf, OverBudgetError, type ByteAccount, type HeldBytes } from '@leakwatch/runtime';
import {
  assertPublicLiteral,
  createPublicConnector,
  ForbiddenAddressError,
  startStopwatch,
  type Stopwatch,
} from '@leakwatch/runtime/outbound';
import { fileTypeFromBuffer } from 'file-type';
import { Agent, request, type Dispatcher } from 'undici';

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
  | 'not-an-image'
  | 'post-too-large';

export interface FetchedMedia {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

export interface FetchOptions {
  /** The account of the post: the bytes are taken from it before the body is read. Without it, only their number is bounded. */
  readonly account?: Pick<ByteAccount, 'take'> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The time for this picture, in all; that of the fetcher without it. */
  readonly timeoutMs?: number | undefined;
}

export interface MediaFetcher {
  /** Fetches the bytes at an address. Rejects with MediaFetchError, or the signal's reason. */
  fetch(url: string, options?: FetchOptions): Promise<FetchedMedia>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 3;
/** Pictures fetched from one host at once. */
const MOST_PER_HOST = 16;

/**
 * Fetches media from addresses that strangers wrote. It contacts public hosts only, checked when a name is resolved and
 * again on the connected socket. It follows at most three redirects, each checked anew, sends no cookies, and bounds bytes
 * and time, without the time that it waits for room in this process. The bytes must begin like an image, whatever type the server gives.
 */
export function createMediaFetcher(options: {
  timeoutMs: number;
  maxBytes: number;
  allowPrivateAddresses: boolean;
  /** The ports that an address may name; null: any. */
  ports: ReadonlySet<number> | null;
}): MediaFetcher {
  const agent = new Agent({ connect: createPublicConnector(options), connections: MOST_PER_HOST });

  return {
    fetch: async (url, { account, signal, timeoutMs = options.timeoutMs } = {}) => {
      const watch = startStopwatch(timeoutMs, signal);
      try {
        return await follow(agent, url, { ...options, account, watch });
      } catch (error) {
        signal?.throwIfAborted();
        throw toMediaFetchError(error, timeoutMs);
      } finally {
        watch.stop();
      }
    },
    close: () => agent.destroy(),
  };
}

interface Following {
  readonly maxBytes: number;
  readonly allowPrivateAddresses: boolean;
  readonly ports: ReadonlySet<number> | null;
  readonly account: FetchOptions['account'];
  readonly watch: Stopwatch;
}

async function follow(agent: Agent, url: string, options: Following): Promise<FetchedMedia> {
  let target = parseUrl(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    assertPort(target, options.ports);
    if (!options.allowPrivateAddresses) assertPublicLiteral(target.hostname);
    const response = await request(target, {
      dispatcher: agent,
      signal: options.watch.signal,
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
    return asImage(await readBody(response, options));
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

/** Refuses a port where something other than a web server may listen. */
function assertPort(target: URL, ports: ReadonlySet<number> | null): void {
  const port = target.port === '' ? (target.protocol === 'http:' ? 80 : 443) : Number(target.port);
  if (ports === null || ports.has(port)) return;
  throw new ForbiddenAddressError('the port is not one of LEAKWATCH_MEDIA_PORTS');
}

/** Reads a body into one piece of memory, taken from the account by the length that the host announces. */
async function readBody(
  { headers, body }: Dispatcher.ResponseData,
  { maxBytes, account, watch }: Following,
): Promise<Buffer> {
  const announced = lengthOf(headers['content-length']);
  if (announced !== null && announced > maxBytes) {
    body.destroy();
    throw tooLarge(maxBytes);
  }
  // The host is not at fault while this process has no room.
  watch.pause();
  let held: HeldBytes | null = null;
  try {
    const wanted = { bytes: announced ?? maxBytes, isExact: announced !== null };
    held = (await account?.take(wanted, watch.signal)) ?? null;
    watch.resume();
    const most = held?.bytes ?? wanted.bytes;
    const bytes = await readInto(Buffer.allocUnsafeSlow(most), body);
    if (bytes === null) throw most < maxBytes && announced === null ? postTooLarge() : tooLarge(most);
    held?.settle(bytes.byteLength);
    return bytes;
  } catch (error) {
    held?.settle(0);
    // Without its body the connection can't be used again.
    body.on('error', () => undefined).destroy();
    throw error instanceof OverBudgetError ? postTooLarge() : error;
  }
}

/** A length of 0 may be a mistake of the host. */
function lengthOf(header: string | string[] | undefined): number | null {
  const length = Number(header);
  return Number.isSafeInteger(length) && length > 0 ? length : null;
}

/** Returns the bytes read; null if there are more than the memory holds. */
async function readInto(memory: Buffer, body: Dispatcher.ResponseData['body']): Promise<Buffer | null> {
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the response is not bytes');
    if (size + chunk.length > memory.length) return null;
    size += chunk.copy(memory, size);
  }
  // The memory that was not needed is let go.
  return size === memory.length ? memory : Buffer.from(memory.subarray(0, size));
}

function tooLarge(most: number): MediaFetchError {
  return new MediaFetchError('media-too-large', `more than ${most} bytes`, { canRetry: false });
}

/** A post whose pictures are more than one post may hold. */
export function postTooLarge(): MediaFetchError {
  const message = 'the pictures of one post take more than LEAKWATCH_MEDIA_POST_MB';
  return new MediaFetchError('post-too-large', message, { canRetry: false });
}

/** Takes what the decoder finds a picture in, also a damaged one; other bytes are named by their type. */
async function asImage(bytes: Buffer): Promise<FetchedMedia> {
  const mime = pictureType(bytes);
  if (mime !== null) return { bytes, mime };
  const type = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  throw new MediaFetchError('not-an-image', `the media is ${type?.mime ?? 'of no known type'}`, {
    canRetry: false,
  });
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
