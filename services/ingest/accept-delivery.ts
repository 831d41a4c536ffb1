import { z } from 'zod';
import { type IngestContext } from './context.ts';
import { checkItems, prepareBatch } from './pipeline.ts';
import { loadWebhookDelivery } from './queries/load-webhook-delivery.ts';
import { registerSource } from './queries/register-source.ts';
import { saveWebhookDelivery } from './queries/save-webhook-delivery.ts';
import { type SourceItem, type SourceOrigin } from './sources/source.ts';
import { type Check, type Refusal } from './steps/check-post.ts';
import { type Fate } from './steps/drop-stale-posts.ts';

/** Posts that a sender hands in together. */
export interface Delivery {
  /** The sender repeats a delivery under this id; null without one. */
  readonly id: string | null;
  readonly bodySha256: string;
  readonly items: readonly SourceItem[];
}

const AcceptedPostSchema = z.strictObject({
  index: z.int().min(0),
  id: z.string(),
  outcome: z.enum(['published', 'duplicate', 'older-revision']),
});
export type AcceptedPost = z.infer<typeof AcceptedPostSchema>;

export interface RefusedPost extends Refusal {
  readonly index: number;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly posts: readonly AcceptedPost[] }
  /** No post of it was taken. */
  | { readonly kind: 'refused'; readonly posts: readonly RefusedPost[] }
  /** Another body was accepted under this id. */
  | { readonly kind: 'conflict' };

/**
 * Takes a delivery whole or not at all. A repeated delivery gets its first answer again. Once this resolves, the posts are
 * in the log and the answer is kept.
 */
export async function acceptDelivery(
  source: SourceOrigin,
  delivery: Delivery,
  { parts, publish }: IngestContext,
): Promise<Acceptance> {
  const { id, bodySha256, items } = delivery;
  const { pool } = parts.store;
  const earlier = id === null ? null : await loadWebhookDelivery(pool, id);
  if (earlier !== null) {
    if (earlier.bodySha256 !== bodySha256) return { kind: 'conflict' };
    return { kind: 'accepted', posts: z.array(AcceptedPostSchema).parse(earlier.answer) };
  }

  const checks = checkItems(items).map(refuseFiles);
  const refused = checks.flatMap((check, index) => (check.ok ? [] : [{ index, ...check.refusal }]));
  if (refused.length > 0) return { kind: 'refused', posts: refused };

  await registerSource(pool, source);
  const batch = await prepareBatch(source, checks, parts);
  const { fates } = await publish(batch, {
    record: async (tx, all) => {
      if (id !== null) await saveWebhookDelivery(tx, { id, bodySha256, answer: all.map(describeFate) });
    },
  });
  return { kind: 'accepted', posts: fates.map(describeFate) };
}

/** A sender over the network has no media folder here. */
function refuseFiles(check: Check): Check {
  if (!check.ok) return check;
  const index = check.post.submitted.media?.findIndex((media) => media.file !== undefined) ?? -1;
  if (index === -1) return check;
  const message = `media[${index}].file: a delivery names its media by \`url\` only`;
  return { ok: false, item: check.post.item, refusal: { reason: 'bad-post', message } };
}

function describeFate(fate: Fate, index: number): AcceptedPost {
  return { index, id: fate.post.id, outcome: fate.publish ? 'published' : fate.reason };
}
