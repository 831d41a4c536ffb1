import { sha256Hex, type SubmittedPost } from '@leakwatch/contracts';
import { z } from 'zod';

/** A post that was heard lately: it tells edits and vanished posts from those that stay as they are. */
export const RecentPostSchema = z.object({
  id: z.string(),
  /** The name by which the platform finds it, if that is not its id. */
  key: z.string().optional(),
  digest: z.string(),
  /** Publication time in milliseconds since 1970, as the platform orders posts. */
  at: z.number(),
});
export type RecentPost = z.infer<typeof RecentPostSchema>;

/** Posts remembered of each account. Older ones are edited and deleted unseen. */
const REMEMBERED = 200;
const DIGEST_LENGTH = 16;

export interface ListedPost {
  readonly post: SubmittedPost;
  readonly recent: RecentPost;
}

/**
 * @param version - the platform's own name of the content; without it, all but the author tells one from another
 * @param key - the name by which the platform finds the post, if that is not its id
 */
export function listedPost(
  post: SubmittedPost,
  at: number,
  { version, key }: { version?: string; key?: string } = {},
): ListedPost {
  const content = version ?? JSON.stringify({ ...post, author: undefined });
  const digest = sha256Hex(content).slice(0, DIGEST_LENGTH);
  return { post, recent: { id: post.id, digest, at, ...(key === undefined ? {} : { key }) } };
}

/** Listed posts that are new or differ from what was heard, in their order. */
export function changedPosts(listed: readonly ListedPost[], known: readonly RecentPost[]): SubmittedPost[] {
  const digests = new Map(known.map(({ id, digest }) => [id, digest]));
  return listed.filter(({ recent }) => digests.get(recent.id) !== recent.digest).map(({ post }) => post);
}

/**
 * Known posts that a listing may be expected to hold and does not. Of one as old as the oldest listed, only a look-up knows.
 *
 * @param reachesBackTo - the time of the oldest post that was listed; -Infinity if all were
 */
export function missingPosts(
  listed: readonly ListedPost[],
  known: readonly RecentPost[],
  reachesBackTo: number,
): RecentPost[] {
  const ids = new Set(listed.map(({ recent }) => recent.id));
  return known.filter(({ id, at }) => !ids.has(id) && at >= reachesBackTo);
}

/** The newest posts to remember: those listed, and known ones that are neither listed nor gone. */
export function rememberPosts(
  listed: readonly ListedPost[],
  known: readonly RecentPost[],
  gone: ReadonlySet<string>,
): RecentPost[] {
  const byId = new Map([...known, ...listed.map(({ recent }) => recent)].map((one) => [one.id, one]));
  return [...byId.values()]
    .filter(({ id }) => !gone.has(id))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, REMEMBERED);
}

/** The deletion of a post that has vanished. The time at which it vanished is not known. */
export function deletionOf(
  id: string,
  identity: Required<Pick<SubmittedPost, 'platform' | 'instance' | 'author'>>,
): SubmittedPost {
  return { ...identity, id, op: 'delete' };
}
