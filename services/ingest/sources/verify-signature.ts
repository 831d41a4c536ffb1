import { Webhook, WebhookVerificationError } from 'standardwebhooks';

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
