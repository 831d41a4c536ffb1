import { type Ledger } from './ledger.ts';
import { type MadePost, submissionOf } from './made-posts.ts';

/**
 * Hands a delivery to the webhook; a second try repeats its id. The ledger counts it as acknowledged once the webhook answers.
 * @throws for a missing or different answer
 */
export async function send(
  webhook: string,
  deliveryId: string,
  posts: readonly MadePost[],
  ledger: Ledger,
): Promise<void> {
  ledger.send(posts);
  const response = await deliver(webhook, deliveryId, posts);
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  ledger.acknowledge(posts);
}

/** The webhook's answer to a delivery. */
export function deliver(webhook: string, deliveryId: string, posts: readonly MadePost[]): Promise<Response> {
  return fetch(`${webhook}/v1/posts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': deliveryId },
    body: JSON.stringify(posts.map(submissionOf)),
  });
}
