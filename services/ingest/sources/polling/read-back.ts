import { setTimeout as sleep } from 'node:timers/promises';
import { type SubmittedPost } from '@leakwatch/contracts';
import { type Postponed } from './connector.ts';
import { type JsonResult } from './get-json.ts';
import {
  changedPosts,
  missingPosts,
  rememberPosts,
  type ListedPost,
  type RecentPost,
} from './recent-posts.ts';

/** Pages read after a gap: what came before is told to be lost. */
const MOST_PAGES = 10;
/** Missing posts that are looked up at one poll; the others at the next. */
const LOOK_UPS = 5;
/** A poll that has begun waits as long for the host's budget. */
const LONGEST_WAIT_MS = 5_000;

interface ListingPage {
  /** The newest first. */
  readonly listed: readonly ListedPost[];
  /** Where the page of older posts begins; null: there is none. */
  readonly next: string | null;
}

/** A platform's listing of an account's posts. */
export interface Listing {
  readonly readPage: (cursor: string | null) => Promise<JsonResult<ListingPage>>;
  /** True if the platform has a post no more; false if it has, or does not say. */
  readonly isGone: (post: RecentPost) => Promise<JsonResult<boolean>>;
}

export interface ReadBack {
  readonly kind: 'read';
  /** New and changed posts, the oldest first. */
  readonly posts: readonly SubmittedPost[];
  /** Posts that have vanished. */
  readonly gone: readonly string[];
  readonly recent: readonly RecentPost[];
  /** True if posts older than the newest thousand or so were not read, though they are new. */
  readonly isCut: boolean;
}

/**
 * Reads a listing from its newest post back to one that is known, so that a gap is filled by overlap. Without a known post it
 * reads one page. A known post that the pages should hold and do not is looked up: it may have vanished.
 */
export async function readBack(
  { readPage, isGone }: Listing,
  known: readonly RecentPost[],
  signal: AbortSignal,
): Promise<ReadBack | Exclude<JsonResult<never>, { kind: 'document' }>> {
  const knownIds = new Set(known.map(({ id }) => id));
  const listed = new Map<string, ListedPost>();
  let isCut = false;
  let isWhole: boolean;
  for (let page = 0, cursor: string | null = null; ; page += 1) {
    const at: string | null = cursor;
    const answer: JsonResult<ListingPage> =
      page === 0 ? await readPage(at) : await patiently(() => readPage(at), signal);
    if (answer.kind !== 'document') return answer;
    const fresh = answer.value.listed.filter(({ recent }) => !listed.has(recent.id));
    for (const one of fresh) listed.set(one.recent.id, one);
    cursor = answer.value.next;
    // Some servers repeat the same page whatever they are asked.
    isWhole = cursor === null || fresh.length === 0;
    if (isWhole || known.length === 0 || fresh.some(({ recent }) => knownIds.has(recent.id))) break;
    isCut = page + 1 === MOST_PAGES;
    if (isCut) break;
  }
  const all = [...listed.values()];
  const reachesBackTo = isWhole ? -Infinity : Math.min(...all.map(({ recent }) => recent.at));
  const gone = new Set<string>();
  for (const missing of missingPosts(all, known, reachesBackTo).slice(0, LOOK_UPS)) {
    const answer = await patiently(() => isGone(missing), signal);
    if (answer.kind === 'document' && answer.value) gone.add(missing.id);
  }
  return {
    kind: 'read',
    posts: changedPosts(all, known).toReversed(),
    gone: [...gone],
    recent: rememberPosts(all, known, gone),
    isCut,
  };
}

/** Waits for the host's budget, if that takes no long time. */
async function patiently<T extends { readonly kind: string } | Postponed>(
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!isPostponed(answer) || answer.waitMs > LONGEST_WAIT_MS) return answer;
    await sleep(answer.waitMs, undefined, { signal });
  }
}

function isPostponed(answer: { readonly kind: string }): answer is Postponed {
  return answer.kind === 'postponed';
}
