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
   * Publishes the newest revision once more, for the replay of a post that had lost its media. Later stages know it by its
   * id and do nothing twice.
   */
  readonly repeatNewest: boolean;
}

/**
 * Decides which posts are new. In order of arrival, a post's revisions must grow: the newest one again is a `duplicate`, a
 * smaller one an `older-revision`. A deletion passes once, whatever its number. Posts published before it that arrive later
 * do not pass; newer ones do (a restored post).
 *
 * @returns a fate for each post, in their order, and the new state of each thread that moved on
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
