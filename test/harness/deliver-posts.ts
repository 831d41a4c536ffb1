import { Webhook } from 'standardwebhooks';

/** A secret for LEAKWATCH_WEBHOOK_SECRETS. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, no more').toString('base64')}`;

/** Hands posts to a webhook as one signed delivery. */
export function deliverPosts(address: string, id: string, posts: readonly object[]): Promise<Response> {
  const body = JSON.stringify(posts);
  const timestamp = new Date();
  return fetch(`${address}/v1/posts`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
      'webhook-signature': new Webhook(WEBHOOK_SECRET).sign(id, timestamp, body),
    },
  });
}
