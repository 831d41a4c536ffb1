import { type Ledger } from './ledger.ts';
import { type MadePost, submissionOf } from './made-posts.ts';

/**
 * Hands a delivery to the webhook under an id that a second try repeats; the ledger has it as acknowledged once the webhook says so.
 * @throws where the answer is another one, or there is none
 */
export async function send(
  webhook: string,
  deliveryId: string,
  posts: readonly MadePost[],
  ledger: Ledger,
): Promise<void> {
  ledger.send(posts);
  const response = await fetch(`${webhook}/v1/posts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': deliveryId },
    body: JSON.stringify(posts.map(submissionOf)),
  });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  ledger.acknowledge(posts);
}
