import { EVENTS, postThreadId, type Creator, type Post } from '@leakwatch/contracts';
import { checkEvent, RecordError } from '@leakwatch/event-log';
import { type Queryable, type Store } from '@leakwatch/store';
import { addReviewSamples, renewReviewSamples, type NewReviewSample } from '../queries/add-review-samples.ts';
import { lockPostCounts, savePostCounts } from '../queries/creator-post-count.ts';
import { type Attention } from './attention.ts';
import { countPosts, type LogPlace, type PostCounts } from './count-posts.ts';
import { drawPost } from './draw-post.ts';
import { type SamplingPolicy } from './sampling-policy.ts';

/** The parts of a post that decide whether it is drawn. */
type DrawableParts = Pick<Post, 'platform' | 'instance' | 'nativeId' | 'op'>;

/** A registered creator's post. Only a drawn one is checked whole. */
export interface HeardPost {
  readonly post: DrawableParts;
  /** The whole post as read from its record. */
  readonly value: unknown;
  /** The place of the record in the log. */
  readonly record: LogPlace;
  readonly creator: Creator;
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
  const creators = new Set(heard.filter(isNew).map(({ creator }) => creator.id));
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
  const samples = [...drawn.values()].flatMap(({ value, ...draw }) =>
    checkWhole(value).map((post) => ({ ...draw, post })),
  );
  await addReviewSamples(db, samples);
  const revisions = [...edited].flatMap(([threadId, value]) =>
    checkWhole(value).map((post) => [threadId, post] as const),
  );
  await renewReviewSamples(db, new Map(revisions));
}

/** Empty for a broken record. Each lane of the matcher writes a dead letter for it: one more would say nothing new. */
function checkWhole(value: unknown): [Post] | [] {
  try {
    return [checkEvent(value, EVENTS.post)];
  } catch (error) {
    if (error instanceof RecordError) return [];
    throw error;
  }
}

type DrawnPost = Omit<NewReviewSample, 'post'> & Pick<HeardPost, 'value'>;

interface Drawn {
  readonly drawn: ReadonlyMap<string, DrawnPost>;
  /** Later revisions that nothing draws now: a count may have drawn them when they were new. */
  readonly edited: ReadonlyMap<string, unknown>;
}

function drawAll(heard: readonly HeardPost[], counts: PostCounts, { policy, at }: SamplingOptions): Drawn {
  const drawn = new Map<string, DrawnPost>();
  const edited = new Map<string, unknown>();
  for (const one of heard) {
    const { post, attention, creator, record, value } = one;
    // A deletion leaves the drawn revision in place.
    if (post.op === 'delete') continue;
    const threadId = postThreadId(post);
    const ordinal = isNew(one) ? counts.ordinalOf(creator.id, record) : null;
    const draw = drawPost({ threadId, creatorId: creator.id, attention, ordinal }, policy);
    const earlier = drawn.get(threadId);
    if (earlier !== undefined) drawn.set(threadId, { ...earlier, value });
    else if (draw.strata.length > 0) {
      drawn.set(threadId, { ...draw, threadId, tier: attention.tier, sampledAt: at, value });
    } else if (post.op === 'update') edited.set(threadId, value);
  }
  return { drawn, edited };
}

/** Each new post is counted, whether or not its tier draws by the count: the count says how many posts were heard. */
function isNew({ post }: HeardPost): boolean {
  return post.op === 'create';
}
