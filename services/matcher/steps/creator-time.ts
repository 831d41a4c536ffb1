/**
 * Accounts for the time that long posts of each creator take, so that one author does not hold up a partition. Only posts
 * that take long are counted: all others cost nothing here.
 */
export interface CreatorTime {
  /** True while a creator has used up its time. */
  isSpent(creatorId: string): boolean;
  /** Notes how long one post has taken. */
  spend(creatorId: string, ms: number): void;
}

/** A shorter time is not counted. */
const LONG_MS = 20;
/** The time that one creator may take in a minute. */
const ALLOWED_MS = 1000;
const WINDOW_MS = 60_000;
/** Creators remembered; the one noted first goes first. */
const MOST_CREATORS = 10_000;

export function createCreatorTime(now: () => number = Date.now): CreatorTime {
  const spent = new Map<string, { ms: number; readonly until: number }>();
  return {
    isSpent: (creatorId) => {
      if (spent.size === 0) return false;
      const own = spent.get(creatorId);
      return own !== undefined && own.until > now() && own.ms > ALLOWED_MS;
    },
    spend: (creatorId, ms) => {
      if (ms < LONG_MS) return;
      const known = spent.get(creatorId);
      if (known !== undefined && known.until > now()) {
        known.ms += ms;
        return;
      }
      spent.delete(creatorId);
      spent.set(creatorId, { ms, until: now() + WINDOW_MS });
      for (const first of spent.keys()) {
        if (spent.size <= MOST_CREATORS) break;
        spent.delete(first);
      }
    },
  };
}
