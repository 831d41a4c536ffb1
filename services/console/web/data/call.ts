import { ProblemSchema, type Problem } from '@leakwatch/console/schemas';
import { type z } from 'zod';

/** The server refused a request and says why. */
export class RefusedError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'RefusedError';
    this.problem = problem;
  }
}

/** The server could not be reached, or answered with something else than its contract says. */
class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the server could not be reached', { cause });
    this.name = 'UnreachableError';
  }
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** A file, in place of a JSON body. */
  readonly bytes?: Blob;
  readonly signal?: AbortSignal;
}

/**
 * Calls the console's own server and checks the answer.
 *
 * @throws RefusedError, UnreachableError; an aborted call throws its signal's reason
 */
export async function call<T>(schema: z.ZodType<T>, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  const answer = schema.safeParse(await readJson(response));
  if (!answer.success) throw new UnreachableError(answer.error);
  return answer.data;
}

/** The same for an answer without a body. */
export async function callForNothing(path: string, options: CallOptions): Promise<void> {
  await send(path, options);
}

async function send(path: string, { method = 'GET', body, bytes, signal }: CallOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(bytes === undefined ? {} : { body: bytes }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: headersOf(bytes, body),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new UnreachableError(error);
  }
  if (response.ok) return response;
  const problem = ProblemSchema.safeParse(await readJson(response));
  if (!problem.success) throw new UnreachableError(new Error(`status ${response.status}`));
  throw new RefusedError(problem.data);
}

function headersOf(bytes: Blob | undefined, body: unknown): Record<string, string> {
  if (bytes !== undefined) return { 'Content-Type': 'application/octet-stream' };
  return body === undefined ? {} : { 'Content-Type': 'application/json' };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const value: unknown = await response.json();
    return value;
  } catch (error) {
    throw new UnreachableError(error);
  }
}
