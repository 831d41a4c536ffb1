/**
 * Remembers the last posts of creators whose caption may end with the beginning of a name, so that the next post can complete it.
 * It holds nothing of all other creators.
 */

/** How far apart two posts may be that share a name. */
export interface SplitGap {
  /** 0: names are not looked for over two posts. */
  readonly minutes: number;
  /** The second part stands in one of this many posts that follow the first one, or in a reply to it. */
  readonly posts: number;
}

/** The end of a caption that may be the beginning of a name. */
export interface CaptionEnding {
  readonly threadId: string;
  readonly postId: string;
  readonly creatorId: string;
  readonly nativeId: string;
  readonly canonicalUrl: string | null;
  readonly publishedAt: Date;
  readonly ending: string;
  /** Where it starts in the caption, in UTF-16 units. */
  readonly endingFrom: number;
}

/** The facts of a post that say what it follows. */
export interface Follower {
  readonly threadId: string;
  readonly creatorId: string;
  readonly publishedAt: Date;
  /** Native id of the post that it answers. */
  readonly inReplyTo: string | null;
}

/** Creators and, for each, posts that are held at most; the oldest go first. */
const MOST_CREATORS = 10_000;
const MOST_POSTS = 20;

interface Open {
  readonly endings: Map<string, CaptionEnding>;
  /** When each post was published, by thread. */
  readonly posts: Map<string, number>;
}

export class ThreadMemory {
  readonly #gap: SplitGap;
  readonly #open = new Map<string, Open>();

  constructor(gap: SplitGap) {
    this.#gap = gap;
  }

  /** Remembers an ending. */
  hold(ending: CaptionEnding): void {
    const open = this.#open.get(ending.creatorId) ?? { endings: new Map(), posts: new Map() };
    this.#open.delete(ending.creatorId);
    this.#open.set(ending.creatorId, open);
    put(open.endings, ending.threadId, ending, MOST_POSTS);
    for (const creatorId of this.#open.keys()) {
      if (this.#open.size <= MOST_CREATORS) break;
      this.#open.delete(creatorId);
    }
  }

  /** True for a creator with an open ending. */
  holds(creatorId: string): boolean {
    return this.#open.has(creatorId);
  }

  /** Counts a post of a creator with an open ending. */
  count({ creatorId, threadId, publishedAt }: Follower): void {
    const open = this.#open.get(creatorId);
    if (open !== undefined) put(open.posts, threadId, publishedAt.getTime(), MOST_POSTS);
  }

  /** The endings that a post may continue, by time and by the posts between. */
  endingsBefore({ creatorId, threadId, publishedAt, inReplyTo }: Follower): CaptionEnding[] {
    const open = this.#open.get(creatorId);
    if (open === undefined) return [];
    const at = publishedAt.getTime();
    return [...open.endings.values()].filter((ending) => {
      const from = ending.publishedAt.getTime();
      if (ending.threadId === threadId || from > at || at - from > this.#gap.minutes * 60_000) return false;
      if (inReplyTo === ending.nativeId) return true;
      const between = [...open.posts].filter(
        ([thread, time]) => thread !== threadId && thread !== ending.threadId && time > from && time < at,
      );
      return between.length < this.#gap.posts;
    });
  }
}

/** Puts a value last, and drops the first ones over the limit. */
function put<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const first of map.keys()) {
    if (map.size <= most) return;
    map.delete(first);
  }
}
