import { messageOf } from '@leakwatch/runtime';
import { DeliveryError } from './channel.ts';

export interface Posting {
  readonly url: string;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends one POST of JSON. Any answer but 2xx is a failure. Redirects are not followed: an open redirect must not leak
 * the notice to others.
 *
 * @throws DeliveryError with the status or the failure, never the address: of some channels the address is the secret
 */
export async function postJson({ url, timeoutMs, headers }: Posting, body: string): Promise<void> {
  const status = await post({ url, timeoutMs, headers: { ...COMMON, ...headers } }, body);
  if (status >= 300 && status < 400) throw new DeliveryError(`HTTP ${status}: redirects are not followed`);
  if (status < 200 || status >= 300) throw new DeliveryError(`HTTP ${status}`);
}

const COMMON = { 'content-type': 'application/json', 'user-agent': 'leakwatch' };

/** The answer's status, once the whole answer has come or was given up. */
async function post({ url, timeoutMs, headers }: Required<Posting>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new DeliveryError(describeFailure(error), error);
  }
}

/** `fetch failed` alone says nothing; its cause does. */
function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
  return `${messageOf(error)}${cause}`;
}
