import { messageOf } from '@leakwatch/runtime';
import {
  assertPublicLiteral,
  createPublicConnector,
  ForbiddenAddressError,
  startStopwatch,
} from '@leakwatch/runtime/outbound';
import { Agent, request, type Dispatcher } from 'undici';

export interface FeedDocument {
  readonly kind: 'document';
  /** The address after redirects. */
  readonly url: string;
  readonly text: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FetchedFeed =
  | FeedDocument
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      readonly state: 'failing' | 'refused' | 'gone';
      readonly problem: string;
      /** The host asks to be left alone for this time; null if it does not say. */
      readonly retryAfterMs: number | null;
      /** True if the host as a whole does not answer as it should. */
      readonly isHosts: boolean;
    };

export interface FeedFetcher {
  fetch(
    url: string,
    known: { readonly etag: string | null; readonly lastModified: string | null },
    signal: AbortSignal,
  ): Promise<FetchedFeed>;
  close(): Promise<void>;
}

export interface FeedLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly allowPrivateAddresses: boolean;
  /** A server of our own that may be private, `127.0.0.1:41233`; other private addresses stay forbidden. */
  readonly ownHost?: string;
}

const MAX_REDIRECTS = 5;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;
/** Bytes of a header that is kept and sent back. */
const LONGEST_VALIDATOR = 1_000;

/** Fetches feeds from addresses of the watch list. Hosts are strangers: addresses, redirects, bytes and time are bounded. */
export function createFeedFetcher(limits: FeedLimits): FeedFetcher {
  const agent = new Agent({
    connect: createPublicConnector(limits),
    connections: 2,
    maxHeaderSize: 16 * 1024,
  });
  return {
    fetch: async (url, known, signal) => {
      signal.throwIfAborted();
      const watch = startStopwatch(limits.timeoutMs, signal);
      try {
        return await follow(agent, url, known, limits, watch.signal);
      } catch (error) {
        signal.throwIfAborted();
        return fail(describeError(error, limits), true);
      } finally {
        watch.stop();
      }
    },
    close: () => agent.destroy(),
  };
}

async function follow(
  agent: Agent,
  url: string,
  known: { readonly etag: string | null; readonly lastModified: string | null },
  limits: FeedLimits,
  signal: AbortSignal,
): Promise<FetchedFeed> {
  let target = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return fail('the address is no web address');
    if (!limits.allowPrivateAddresses && target.host !== limits.ownHost) assertPublicLiteral(target.hostname);
    const response = await request(target, { dispatcher: agent, signal, headers: headersFor(known) });
    const { statusCode, headers, body } = response;
    const { location } = headers;
    if (statusCode >= 300 && statusCode < 400 && statusCode !== 304 && typeof location === 'string') {
      discard(body);
      target = new URL(location, target);
      continue;
    }
    if (statusCode === 200) return await readDocument(response, target.href, limits);
    discard(body);
    return statusCode === 304 ? { kind: 'unchanged' } : refusalOf(statusCode, headers['retry-after']);
  }
  return fail(`more than ${MAX_REDIRECTS} redirects`);
}

function headersFor({ etag, lastModified }: { etag: string | null; lastModified: string | null }) {
  return {
    accept: 'application/atom+xml, application/rss+xml, application/feed+json, text/xml, */*;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'leakwatch',
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

async function readDocument(
  { headers, body }: Dispatcher.ResponseData,
  url: string,
  { maxBytes }: FeedLimits,
): Promise<FetchedFeed> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the response is not bytes');
    size += chunk.length;
    if (size > maxBytes) {
      discard(body);
      return fail(`the feed has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return {
    kind: 'document',
    url,
    text: decode(Buffer.concat(chunks), headerOf(headers['content-type']) ?? ''),
    etag: headerOf(headers.etag),
    lastModified: headerOf(headers['last-modified']),
  };
}

/** Without its body the connection can't be used again. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined).destroy();
}

function headerOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header.length <= LONGEST_VALIDATOR ? header : null;
}

/** Decodes by the byte order mark, the XML prolog, or the header, in this order; else as UTF-8. */
function decode(bytes: Buffer, contentType: string): string {
  const mark = bytes.subarray(0, 2).toString('latin1');
  const prolog = /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{1,40})/.exec(
    bytes.subarray(0, 300).toString('latin1'),
  );
  const named = prolog?.[1] ?? /charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  const label = mark === 'ÿþ' ? 'utf-16le' : mark === 'þÿ' ? 'utf-16be' : named;
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(bytes);
  }
}

function refusalOf(status: number, retryAfter: string | string[] | undefined): FetchedFeed {
  const problem = `the host answered ${status}`;
  if (status === 404 || status === 410) return { ...fail(problem), state: 'gone' };
  if (status === 401 || status === 403 || status === 402) return { ...fail(problem), state: 'refused' };
  return { ...fail(problem, status === 429 || status >= 500), retryAfterMs: retryAfterMsOf(retryAfter) };
}

/** The header gives seconds or a date. */
function retryAfterMsOf(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

function fail(problem: string, isHosts = false) {
  return { kind: 'failed', state: 'failing', problem, retryAfterMs: null, isHosts } as const;
}

function describeError(error: unknown, { timeoutMs }: FeedLimits): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof ForbiddenAddressError) return error.message;
  if (cause instanceof ForbiddenAddressError) return cause.message;
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no whole answer within ${timeoutMs} ms`;
  return messageOf(error).slice(0, 200);
}
