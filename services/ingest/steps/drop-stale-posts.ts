import { hashId, postId, postThreadId, type Post } from '@leakwatch/contracts';
import { type PostThreadState } from '../queries/lock-post-threads.ts';
import { digestContent } from './digest-content.ts';

type DropReason = 'duplicate' | 'older-revision';

export type Fate =
  /** The post as it is published: its revision may have been raised above those before it. */
  | { readonly post: Post; readonly publish: true }
  | { readonly post: Post; readonly publish: false; readonly reason: DropReason };

/** A post with hashes that are needed before and after the threads are locked. */
export interface ThreadedPost {
  readonly post: Post;
  readonly threadId: string;
  /** {@link digestContent} */
  readonly digest: string;
}

export function threadedPost(post: Post): ThreadedPost {
  return { post, threadId: postThreadId(post), digest: digestContent(post) };
}

export interface DropOptions {
  /**
   * Publishes the newest revision once more, for the replay of a post that had lost its media. Later stages know it by its
   * id and do nothing twice.
   */
  readonly repeatNewest: boolean;
}

/** Contents that a thread remembers. A post edited more often may be published again under an earlier content. */
const REMEMBERED_CONTENTS = 16;

/**
 * Decides which posts are new, by number and by content. In order of arrival:
 *
 * - A post with a number or an edit time must be above the newest. With the newest's number, its content must differ.
 * - A post without either is new if its content was not seen before. It gets the next number.
 * - A deletion passes once. A post that the same author makes again under the deleted id passes as a new revision.
 * - A post published before its deletion that arrives later does not pass.
 *
 * @returns a fate for each post, in their order, and the new state of each thread that moved on
 */
export function dropStalePosts(
  posts: readonly ThreadedPost[],
  known: ReadonlyMap<string, PostThreadState>,
  options: DropOptions,
): { fates: Fate[]; moved: Map<string, PostThreadState> } {
  const moved = new Map<string, PostThreadState>();
  const fates = posts.map(({ post, threadId, digest }): Fate => {
    const state = moved.get(threadId) ?? known.get(threadId);
    const reason = state === undefined ? null : staleness(post, digest, state);
    if (reason === null) {
      const numbered = state === undefined ? post : numberAbove(post, state);
      moved.set(threadId, stateAfter(numbered, digest, state));
      return { post: numbered, publish: true };
    }
    if (options.repeatNewest && state !== undefined && isNewest(post, digest, state)) {
      return { post: asNewest(post, state), publish: true };
    }
    return { post, publish: false, reason };
  });
  return { fates, moved };
}

function staleness(post: Post, digest: string, state: PostThreadState): DropReason | null {
  if (post.op === 'delete') return state.isDeleted || post.id === state.postId ? 'duplicate' : null;
  if (state.isDeleted) return isMadeAgain(post, digest, state) ? null : 'older-revision';
  const isSame = state.contents.length === 0 ? post.id === state.postId : digest === state.contents.at(-1);
  if (isNumbered(post)) {
    if (post.revision > state.revision) return null;
    if (isSame) return 'duplicate';
    return sharesNumber(post, state) && !state.contents.includes(digest) ? null : 'older-revision';
  }
  if (isSame) return 'duplicate';
  // An edit without a time may go back to an earlier content. A first publication seen before is a late repeat; so is one
  // that was not seen before an edit with a number.
  if (post.op === 'update') return null;
  const isLateOriginal = state.contents.length <= 1 && state.revision > 1;
  return isLateOriginal || state.contents.includes(digest) ? 'older-revision' : null;
}

/** True if the post says where it stands among its revisions. A future edit time says nothing. */
function isNumbered(post: Post): boolean {
  return post.revision !== 1 && post.revision !== Date.parse(post.observedAt);
}

/** True if a post has the newest's number, or its edit time: the numbers of edits under one time were raised by ones. */
function sharesNumber(post: Post, state: PostThreadState): boolean {
  const isTimed = post.editedAt !== null && Date.parse(post.editedAt) === post.revision;
  return state.revision - post.revision < (isTimed ? REMEMBERED_CONTENTS : 1);
}

/** True if a post belongs after the deletion of its id. */
function isMadeAgain(post: Post, digest: string, state: PostThreadState): boolean {
  if (isNumbered(post) || post.op === 'update') return post.revision > state.revision;
  // Creators write the time of publication: a new content after the deletion counts whatever its time.
  if (state.contents.length > 0 && !state.contents.includes(digest)) return true;
  const saysItsTime = post.publishedAt !== post.observedAt;
  return saysItsTime && state.deletedAt !== null && Date.parse(post.publishedAt) > state.deletedAt.getTime();
}

/** Raises a post's revision above the newest, if it is not above it yet. */
function numberAbove(post: Post, state: PostThreadState): Post {
  if (post.op === 'delete') {
    // Without an earlier deletion there is one tombstone, whichever number it has.
    if (state.deletedAt === null) return post;
    const { platform, instance, nativeId } = post;
    return { ...post, id: hashId(platform, instance, nativeId, 'tombstone', state.revision) };
  }
  if (post.revision > state.revision) return post;
  const raised = { ...post, op: 'update' as const, revision: state.revision + 1 };
  return { ...raised, id: postId(raised) };
}

function asNewest(post: Post, { postId: id, revision }: PostThreadState): Post {
  return post.id === id ? post : { ...post, op: 'update', id, revision };
}

function isNewest(post: Post, digest: string, state: PostThreadState): boolean {
  if (post.id === state.postId) return true;
  return post.op !== 'delete' && !state.isDeleted && digest === state.contents.at(-1);
}

function stateAfter(post: Post, digest: string, state: PostThreadState | undefined): PostThreadState {
  const isDeleted = post.op === 'delete';
  const contents = state?.contents ?? [];
  return {
    revision: Math.max(post.revision, state?.revision ?? 0),
    postId: post.id,
    contents: isDeleted
      ? contents
      : [...contents.filter((one) => one !== digest), digest].slice(-REMEMBERED_CONTENTS),
    deletedAt: isDeleted ? new Date(post.deletedAt ?? post.observedAt) : (state?.deletedAt ?? null),
    isDeleted,
  };
}
