import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** Of the specification; one more for the time that passes until the body is there. */
const TOLERANCE_SECONDS = 5 * 60 + 1;

export interface SignedRequest {
  /** The body as it came: the signature is over its bytes. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Makes the check of the Standard Webhooks specification (https://www.standardwebhooks.com): `webhook-signature` is an
 * HMAC-SHA-256 over `webhook-id`, `webhook-timestamp` and the body, with one of the secrets; the timestamp is at most
 * five minutes away from now.
 *
 * @param secrets - `whsec_` and base64; while they are rotated, more than one is good
 */
export function createSignatureCheck(secrets: readonly string[]): (request: SignedRequest) => boolean {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return ({ body, headers }) => {
    const signed = {
      'webhook-id': single(headers['webhook-id']),
      'webhook-timestamp': single(headers['webhook-timestamp']),
      'webhook-signature': single(headers['webhook-signature']),
    };
    // The library reads `12x` as 12.
    if (!/^\d+$/.test(signed['webhook-timestamp'])) return false;
    return webhooks.some((webhook) => isSignedBy(webhook, body, signed));
  };
}

function isSignedBy(webhook: Webhook, body: Buffer, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

/** True if the headers of a request may belong to a signed one: for refusing, before the body is read, what nobody signed. */
export function isSignable(headers: SignedRequest['headers'], now: Date = new Date()): boolean {
  const timestamp = single(headers['webhook-timestamp']);
  return (
    single(headers['webhook-id']) !== '' &&
    /(?:^| )v1,/.test(single(headers['webhook-signature'])) &&
    /^\d+$/.test(timestamp) &&
    Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS
  );
}
