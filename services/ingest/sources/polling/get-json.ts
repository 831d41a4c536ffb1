import { type z } from 'zod';
import { failure, type PollFailure, type Postponed } from './connector.ts';
import { type HttpDocument, type HttpGetter } from './http-get.ts';

interface JsonAnswer<T> {
  readonly kind: 'document';
  readonly value: T;
}

export type JsonResult<T> = JsonAnswer<T> | (PollFailure & { readonly status: number | null }) | Postponed;

/** Gets a JSON document and checks its form. `what` names it where it has another. */
export async function getJson<T>(
  http: HttpGetter,
  url: string,
  {
    schema,
    what,
    token,
    headers,
    signal,
  }: {
    readonly schema: z.ZodType<T>;
    readonly what: string;
    readonly token?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<JsonResult<T>> {
  const credentials = token === undefined || token === null ? {} : { authorization: `Bearer ${token}` };
  const result = await http.get(url, { accept: 'application/json', ...headers, ...credentials }, signal);
  if (result.kind === 'unchanged') return { ...failure('the host answered 304 unasked'), status: 304 };
  if (result.kind !== 'document') return result;
  const value = parse(result, schema);
  return value === null
    ? { ...failure(`the host answered with something else than ${what}`), status: 200 }
    : { kind: 'document', value };
}

function parse<T>({ bytes }: HttpDocument, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
