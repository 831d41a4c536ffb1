import { type Post } from '@leakwatch/contracts';
import { type PostThreadState } from '../queries/lock-post-threads.ts';

type DropReason = 'duplicate' | 'older-revision';

export type Fate =
  | { readonly post: Post; readonly publish: true }
  | { readonly post: Post; readonly publish: false; readonly reason: DropReason };

/** A post and its thread's id, which takes a hash: it is needed before and after the threads are locked. */
export interface ThreadedPost {
  readonly post: Post;
  readonly threadId: string;
}

export interface DropOptions {
  /**
   * Publishes the newest revision once more, for the replay of a post that had lost its media. What follows knows it by
   * its id and does nothing twice.
   */
  readonly repeatNewest: boolean;
}

/**
 * Which posts are new. In the order of their arrival, revisions of a post must grow: the newest one again is a
 * `duplicate`, one that is not greater an `older-revision`. A deletion always passes, once, whatever its number; what
 * was published before it and comes late doesn't, and what is newer does (a post that was restored).
 *
 * @returns a fate a post, in their order, and what is then known of each thread that moved on
 */
export function dropStalePosts(
  posts: readonly ThreadedPost[],
  known: ReadonlyMap<string, PostThreadState>,
  options: DropOptions,
): { fates: Fate[]; moved: Map<string, PostThreadState> } {
  const moved = new Map<string, PostThreadState>();
  const fates = posts.map(({ post, threadId }): Fate => {
    const state = moved.get(threadId) ?? known.get(threadId);
    const reason = staleness(post, state);
    if (reason === null) moved.set(threadId, stateAfter(post, state));
    const repeats = options.repeatNewest && state?.postId === post.id;
    return reason === null || repeats ? { post, publish: true } : { post, publish: false, reason };
  });
  return { fates, moved };
}

function staleness(post: Post, state: PostThreadState | undefined): DropReason | null {
  if (state === undefined) return null;
  if (post.id === state.postId) return 'duplicate';
  if (post.op === 'delete') return null;
  return post.revision > state.revision ? null : 'older-revision';
}

function stateAfter(post: Post, state: PostThreadState | undefined): PostThreadState {
  return { revision: Math.max(post.revision, state?.revision ?? 0), postId: post.id };
}
