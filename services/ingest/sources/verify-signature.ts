import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** The specification's tolerance, plus one second for the body to arrive. */
const TOLERANCE_SECONDS = 5 * 60 + 1;

export interface SignedRequest {
  /** The body as it came: the signature covers its bytes. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Makes the check of the Standard Webhooks specification (https://www.standardwebhooks.com). `webhook-signature` is an
 * HMAC-SHA-256 over `webhook-id`, `webhook-timestamp` and the body, by one of the secrets. The timestamp must be within
 * five minutes of now.
 *
 * @param secrets - `whsec_` and base64; during a rotation several are valid
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

/** True if a request's headers may belong to a signed one. Refuses unsigned requests before their body is read. */
export function isSignable(headers: SignedRequest['headers'], now: Date = new Date()): boolean {
  const timestamp = single(headers['webhook-timestamp']);
  return (
    single(headers['webhook-id']) !== '' &&
    /(?:^| )v1,/.test(single(headers['webhook-signature'])) &&
    /^\d+$/.test(timestamp) &&
    Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS
  );
}
