import { isCanaryPost, postThreadId, type Post } from '@leakwatch/contracts';
import { ThreadMemory, type CaptionEnding, type SplitGap } from '@leakwatch/matching';
import { type Queryable } from '@leakwatch/store';
import { type ReadPost } from './read-post.ts';
import { loadCaptionEndings, saveCaptionEndings } from '../queries/caption-endings.ts';

/** Finds, for the posts of a batch, the earlier posts that may hold the beginning of a name that they end. */
export type FollowThreads = (
  posts: readonly ReadPost[],
) => Promise<ReadonlyMap<string, readonly CaptionEnding[]>>;

/** The UTF-16 units of a caption's end that are kept. */
const ENDING_LENGTH = 200;

/**
 * Follows creators from post to post. Only a caption that may begin a name is stored, and only one that may end a name is looked up:
 * the database knows what other matchers have seen, and what this one saw before it was restarted. The posts in between are counted
 * in memory, so after a restart the time alone limits a thread.
 */
export function createThreadFollower(db: Queryable, gap: SplitGap): FollowThreads {
  const memory = new ThreadMemory(gap);
  if (gap.minutes === 0) return () => Promise.resolve(new Map());
  return async (posts) => {
    const written = posts.filter(({ post }) => post.op !== 'delete' && !isCanaryPost(post));
    const endings = written.filter(({ reading }) => reading.mayBeginName).map(({ post }) => endingOf(post));
    for (const ending of endings) memory.hold(ending);
    if (endings.length > 0) await saveCaptionEndings(db, endings);
    const later = written.filter(({ reading }) => reading.mayEndName).map(({ post }) => post);
    for (const ending of await loadEndings(db, later, gap)) memory.hold(ending);
    for (const { post } of written) if (memory.holds(post.creatorId)) memory.count(followerOf(post));
    return new Map(later.map((post) => [post.id, memory.endingsBefore(followerOf(post))]));
  };
}

async function loadEndings(db: Queryable, posts: readonly Post[], gap: SplitGap): Promise<CaptionEnding[]> {
  if (posts.length === 0) return [];
  const creators = new Set(posts.map(({ creatorId }) => creatorId));
  const first = Math.min(...posts.map(({ publishedAt }) => Date.parse(publishedAt)));
  return loadCaptionEndings(db, [...creators], new Date(first - gap.minutes * 60_000));
}

function followerOf(post: Post) {
  const { creatorId, inReplyTo } = post;
  return { creatorId, inReplyTo, threadId: postThreadId(post), publishedAt: new Date(post.publishedAt) };
}

function endingOf(post: Post): CaptionEnding {
  const endingFrom = Math.max(0, post.text.length - ENDING_LENGTH);
  const { id: postId, creatorId, nativeId, canonicalUrl } = post;
  return {
    ...{ postId, creatorId, nativeId, canonicalUrl, endingFrom },
    threadId: postThreadId(post),
    publishedAt: new Date(post.publishedAt),
    ending: post.text.slice(endingFrom),
  };
}
