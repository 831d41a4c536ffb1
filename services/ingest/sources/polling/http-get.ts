import { type IncomingHttpHeaders } from 'node:http';
import { messageOf } from '@leakwatch/runtime';
import {
  assertPublicLiteral,
  createPublicConnector,
  ForbiddenAddressError,
  startStopwatch,
} from '@leakwatch/runtime/outbound';
import { Agent, request, type Dispatcher } from 'undici';
import { failure, type PollFailure, type Postponed } from './connector.ts';
import { type Hosts } from './hosts.ts';
import { hostTimeOf, mayMeanThrottled, meansThrottled, quotaRestMs, retryAfterMsOf } from './rate-headers.ts';

export interface HttpLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly allowPrivateAddresses: boolean;
  /** A server of our own that may be private, `127.0.0.1:41233`; other private addresses stay forbidden. */
  readonly ownHost?: string;
}

export interface HttpDocument {
  readonly kind: 'document';
  /** The address after redirects. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

type HttpResult =
  | HttpDocument
  /** 304, to a conditional request. */
  | { readonly kind: 'unchanged' }
  /** An answer that is no document, with its status; null: there was no whole answer. */
  | (PollFailure & { readonly status: number | null })
  | Postponed;

export interface HttpGetter {
  get(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpResult>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 5;
const TOO_MANY = 429;
/** A host that is asked too often and does not say for how long to leave it. */
const REST_MS = 60_000;
/** Bytes of an error's text that are read. */
const REFUSAL_BYTES = 2_000;

/** Gets documents from addresses of the watch list. Hosts are strangers: addresses, redirects, bytes, time and rate are bounded. */
export function createHttpGetter(limits: HttpLimits, hosts: Hosts): HttpGetter {
  const agent = new Agent({
    connect: createPublicConnector(limits),
    connections: 2,
    maxHeaderSize: 16 * 1024,
  });
  return {
    get: async (url, headers, signal) => {
      signal.throwIfAborted();
      if (!URL.canParse(url)) return noAnswer('the address is no web address');
      const { host } = new URL(url);
      const admission = hosts.admit(host);
      if (admission.kind === 'over-budget') return { kind: 'postponed', waitMs: admission.waitMs };
      if (admission.kind === 'resting') {
        return noAnswer('its host is left alone after failures', admission.waitMs);
      }
      const watch = startStopwatch(limits.timeoutMs, signal);
      try {
        const result = await follow(agent, url, headers, { limits, hosts, signal: watch.signal });
        if (result.kind !== 'failed' || !isHosts(result.status)) hosts.noteSuccess(host);
        else hosts.noteFailure(host, result.retryAfterMs ?? (result.status === TOO_MANY ? REST_MS : null));
        return result;
      } catch (error) {
        signal.throwIfAborted();
        hosts.noteFailure(host, null);
        return noAnswer(describeError(error, limits));
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
  given: Readonly<Record<string, string>>,
  { limits, hosts, signal }: { limits: HttpLimits; hosts: Hosts; signal: AbortSignal },
): Promise<HttpResult> {
  const start = new URL(url);
  let target = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return noAnswer('the address is no web address');
    if (!limits.allowPrivateAddresses && target.host !== limits.ownHost) assertPublicLiteral(target.hostname);
    const headers = headersFor(given, target.origin === start.origin);
    const response = await request(target, { dispatcher: agent, signal, headers });
    const { statusCode: status, body } = response;
    const { location } = response.headers;
    const restMs = quotaRestMs(response.headers, hostTimeOf(response.headers, Date.now()));
    if (restMs !== null) hosts.rest(target.host, restMs);
    if (status === 200) return await readDocument(response, target.href, limits);
    if (status < 300 || status >= 400 || typeof location !== 'string') {
      const text = mayMeanThrottled(status) ? await readRefusal(body) : null;
      discard(body);
      if (status === 304) return { kind: 'unchanged' };
      const isThrottled = text !== null && meansThrottled(response.headers, text);
      const meant = isThrottled ? TOO_MANY : status;
      return { ...refusalOf(status, meant, response.headers), status: meant };
    }
    discard(body);
    if (!URL.canParse(location, target.href)) return noAnswer('the host redirects to no address');
    target = new URL(location, target);
  }
  return noAnswer(`more than ${MAX_REDIRECTS} redirects`);
}

/** Headers that carry a secret. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'x-goog-api-key']);

/** Another origin than the one that was asked gets no credentials. */
function headersFor(given: Readonly<Record<string, string>>, isSameOrigin: boolean) {
  return {
    'accept-encoding': 'identity',
    'user-agent': 'leakwatch',
    ...Object.fromEntries(Object.entries(given).filter(([name]) => isSameOrigin || !CREDENTIALS.has(name))),
  };
}

async function readDocument(
  { headers, body }: Dispatcher.ResponseData,
  url: string,
  { maxBytes }: HttpLimits,
): Promise<HttpResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the response is not bytes');
    size += chunk.length;
    if (size > maxBytes) {
      discard(body);
      return noAnswer(`the answer has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return { kind: 'document', url, headers, bytes: Buffer.concat(chunks) };
}

/** Without its body the connection can't be used again. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined).destroy();
}

/** Reads the beginning of an error's text; what is cut off is left. */
async function readRefusal(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    if (Buffer.isBuffer(chunk)) text += chunk.toString('latin1');
    if (text.length >= REFUSAL_BYTES) break;
  }
  return text.slice(0, REFUSAL_BYTES);
}

function refusalOf(given: number, status: number, headers: IncomingHttpHeaders): PollFailure {
  const problem =
    given === status ? `the host answered ${status}` : `the host answered ${given}: it is asked too often`;
  if (status === 404 || status === 410) return failure(problem, { state: 'gone' });
  if (status === 401 || status === 403 || status === 402) return failure(problem, { state: 'refused' });
  return failure(problem, { retryAfterMs: retryAfterMsOf(headers, hostTimeOf(headers, Date.now())) });
}

/** True if the host as a whole does not answer as it should. */
function isHosts(status: number | null): boolean {
  return status === 429 || (status ?? 0) >= 500;
}

function noAnswer(problem: string, retryAfterMs: number | null = null): HttpResult {
  return { ...failure(problem, { retryAfterMs }), status: null };
}

function describeError(error: unknown, { timeoutMs }: HttpLimits): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof ForbiddenAddressError) return error.message;
  if (cause instanceof ForbiddenAddressError) return cause.message;
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no whole answer within ${timeoutMs} ms`;
  return messageOf(error).slice(0, 200);
}
