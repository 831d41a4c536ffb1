import { postThreadId, type Creator, type Post } from '@leakwatch/contracts';
import { type Queryable, type Store } from '@leakwatch/store';
import { addReviewSamples, renewReviewSamples, type NewReviewSample } from '../queries/add-review-samples.ts';
import { lockPostCounts, savePostCounts } from '../queries/creator-post-count.ts';
import { type Attention } from './attention.ts';
import { countPosts, type LogPlace, type PostCounts } from './count-posts.ts';
import { drawPost } from './draw-post.ts';
import { type SamplingPolicy } from './sampling-policy.ts';

/** A registered creator's post, with its place in the log. */
export interface HeardPost {
  readonly post: Post;
  readonly creator: Creator;
  readonly place: LogPlace;
  readonly attention: Attention;
}

export interface SamplingOptions {
  readonly policy: SamplingPolicy;
  readonly at: Date;
}

/** Draws posts, in the order of the log. A redelivery draws the same. */
export async function samplePosts(
  store: Pick<Store, 'pool' | 'transaction'>,
  heard: readonly HeardPost[],
  options: SamplingOptions,
): Promise<void> {
  const creators = new Set(
    heard.filter((one) => isCounted(one, options.policy)).map(({ creator }) => creator.id),
  );
  if (creators.size === 0) {
    await saveDrawn(store.pool, drawAll(heard, countPosts(new Map()), options));
    return;
  }
  await store.transaction(async (tx) => {
    const counts = countPosts(await lockPostCounts(tx, [...creators].sort()));
    const drawn = drawAll(heard, counts, options);
    await savePostCounts(tx, counts.moved());
    await saveDrawn(tx, drawn);
  });
}

async function saveDrawn(db: Queryable, { drawn, edited }: Drawn): Promise<void> {
  await addReviewSamples(db, [...drawn.values()]);
  await renewReviewSamples(db, edited);
}

interface Drawn {
  readonly drawn: ReadonlyMap<string, NewReviewSample>;
  /** Later revisions that nothing draws now: a count may have drawn them when they were new. */
  readonly edited: ReadonlyMap<string, Post>;
}

function drawAll(heard: readonly HeardPost[], counts: PostCounts, { policy, at }: SamplingOptions): Drawn {
  const drawn = new Map<string, NewReviewSample>();
  const edited = new Map<string, Post>();
  for (const one of heard) {
    const { post, attention, creator, place } = one;
    // A deletion leaves the drawn revision in place.
    if (post.op === 'delete') continue;
    const threadId = postThreadId(post);
    const ordinal = isCounted(one, policy) ? counts.ordinalOf(creator.id, place) : null;
    const draw = drawPost({ threadId, creatorId: creator.id, attention, ordinal }, policy);
    const earlier = drawn.get(threadId);
    if (earlier !== undefined) drawn.set(threadId, { ...earlier, post });
    else if (draw.strata.length > 0) {
      drawn.set(threadId, { ...draw, threadId, tier: attention.tier, sampledAt: at, post });
    } else if (post.op === 'update') edited.set(threadId, post);
  }
  return { drawn, edited };
}

function isCounted({ post, attention }: HeardPost, policy: SamplingPolicy): boolean {
  return post.op === 'create' && policy.reviewOf(attention.tier).everyNth !== null;
}
