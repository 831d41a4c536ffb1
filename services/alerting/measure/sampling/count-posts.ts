import { type CreatorPostCount } from '../queries/creator-post-count.ts';

/** A record's place in the log. */
export interface LogPlace {
  readonly partition: number;
  readonly offset: bigint;
  readonly appendedAt: Date;
}

export interface PostCounts {
  /** Number of the creator's posts before this one; null for a record counted before. */
  ordinalOf(creatorId: string, place: LogPlace): bigint | null;
  /** The counts that changed. */
  moved(): CreatorPostCount[];
}

/**
 * Counts creators' posts, each record once even if it is delivered again: a creator's records are ordered in one
 * partition. A log that starts its offsets anew is recognised by the time of its records.
 *
 * @param known - the counts so far
 */
export function countPosts(known: ReadonlyMap<string, CreatorPostCount>): PostCounts {
  const moved = new Map<string, CreatorPostCount>();
  return {
    ordinalOf: (creatorId, { partition, offset, appendedAt }) => {
      const last = moved.get(creatorId) ?? known.get(creatorId);
      if (last !== undefined && offset <= last.offset && appendedAt <= last.appendedAt) return null;
      const before = last?.counted ?? 0n;
      moved.set(creatorId, { creatorId, counted: before + 1n, partition, offset, appendedAt });
      return before;
    },
    moved: () => [...moved.values()],
  };
}
