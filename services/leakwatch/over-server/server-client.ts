import { ProblemSchema } from '@leakwatch/console/schemas';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { type z } from 'zod';

const TIMEOUT_MS = 30_000;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The API of a console, as one of its tokens may use it. */
export interface ServerClient {
  /** `https://leakwatch.example` */
  readonly origin: string;
  get<S extends z.ZodType>(answer: S, path: string, query?: Query): Promise<z.output<S>>;
  post<S extends z.ZodType>(answer: S, path: string, body: object): Promise<z.output<S>>;
}

type QueryValue = string | number | boolean;
/** A list repeats its name. */
type Query = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;

interface ServerOptions {
  readonly server: string;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** @throws UsageError if the address or the token is not fit for use */
export async function openServer({ server, token, tokenFile }: ServerOptions): Promise<ServerClient> {
  const base = readAddress(server);
  const secret = await readToken(token, tokenFile);
  const send = async <S extends z.ZodType>(answer: S, url: URL, init: RequestInit): Promise<z.output<S>> => {
    const response = await reach(url, {
      ...init,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    return readAnswer(answer, response, base);
  };
  return {
    origin: base.origin,
    get: (answer, path, query = {}) => {
      const url = new URL(path, base);
      for (const [name, value] of Object.entries(query)) {
        for (const one of [value ?? []].flat()) url.searchParams.append(name, String(one));
      }
      return send(answer, url, {});
    },
    post: (answer, path, body) =>
      send(answer, new URL(path, base), { method: 'POST', body: JSON.stringify(body) }),
  };
}

function readAddress(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new UsageError('--server must be an address like https://leakwatch.example');
  }
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    throw new UsageError('--server must be an https address: a token never goes over the net in the clear');
  }
  return url;
}

async function readToken(token: string | undefined, file: string | undefined): Promise<string> {
  if (token !== undefined && file !== undefined)
    throw new UsageError('give --token or --token-file, not both');
  const given =
    file === undefined
      ? token
      : await readTextFile(file).catch((error: unknown) => {
          throw new UsageError(`cannot read the token: ${messageOf(error)}`);
        });
  const secret = given?.trim() ?? '';
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) {
    throw new UsageError(
      '--server needs a token of the console: LEAKWATCH_TOKEN_FILE, LEAKWATCH_TOKEN or --token',
    );
  }
  return secret;
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    // A redirect would carry the token to another place.
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new UsageError(`cannot reach ${url.origin}: ${messageOf(cause)}`);
  }
}

async function readAnswer<S extends z.ZodType>(
  schema: S,
  response: Response,
  { origin }: URL,
): Promise<z.output<S>> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new UsageError(describeProblem(response.status, body, origin));
  const answer = schema.safeParse(body);
  if (answer.success) return answer.data;
  throw new UsageError(`${origin} is no leakwatch console of this version: its answer can't be read`);
}

function describeProblem(status: number, body: unknown, origin: string): string {
  const problem = ProblemSchema.safeParse(body);
  if (!problem.success) return `${origin} answered ${status}`;
  const { code, title, detail, problems = [], changed, retryAfter } = problem.data;
  if (code === 'not-signed-in')
    return `${origin} does not take this token: it is unknown, revoked or expired`;
  const by = changed === undefined ? '' : `; ${changed.by} did: ${changed.change}`;
  const wait = retryAfter === undefined ? '' : `; try again in ${retryAfter} s`;
  return [`${detail ?? title}${by}${wait}`, ...problems].join('; ');
}
