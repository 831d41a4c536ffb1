import { postThreadId, type Creator, type Post } from '@leakwatch/contracts';
import {
  addReviewSamples,
  lockPostCounts,
  renewReviewSamples,
  savePostCounts,
  type NewReviewSample,
  type Queryable,
} from '@leakwatch/store';
import { type Attention } from './attention.ts';
import { countPosts, type LogPlace } from './count-posts.ts';
import { drawPost } from './draw-post.ts';
import { type SamplingPolicy } from './sampling-policy.ts';

/** A registered creator's post as the log has it. */
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

/** Draws from posts, in the order of the log. Delivered again, the same are drawn. */
export async function samplePosts(
  tx: Queryable,
  heard: readonly HeardPost[],
  { policy, at }: SamplingOptions,
): Promise<void> {
  const isCounted = ({ post, attention }: HeardPost) =>
    post.op === 'create' && policy.tiers[attention.tier].everyNth !== null;
  const creators = new Set(heard.filter(isCounted).map(({ creator }) => creator.id));
  const counts = countPosts(await lockPostCounts(tx, [...creators].sort()));

  const drawn = new Map<string, NewReviewSample>();
  const edited = new Map<string, Post>();
  for (const one of heard) {
    const { post, attention, creator, place } = one;
    // What a deletion leaves is what was drawn before.
    if (post.op === 'delete') continue;
    const threadId = postThreadId(post);
    const ordinal = isCounted(one) ? counts.ordinalOf(creator.id, place) : null;
    const draw = drawPost({ threadId, creatorId: creator.id, attention, ordinal }, policy);
    const earlier = drawn.get(threadId);
    if (earlier !== undefined) drawn.set(threadId, { ...earlier, post });
    else if (draw.strata.length > 0) drawn.set(threadId, sampleOf(one, draw, at));
    else if (post.op === 'update') edited.set(threadId, post);
  }
  await savePostCounts(tx, counts.moved());
  await addReviewSamples(tx, [...drawn.values()]);
  // By count they may have been drawn when they were new.
  await renewReviewSamples(tx, edited);
}

function sampleOf({ post, attention }: HeardPost, draw: ReturnType<typeof drawPost>, at: Date) {
  return { ...draw, threadId: postThreadId(post), tier: attention.tier, sampledAt: at, post };
}
