import { type CreatorPostCount } from '../queries/creator-post-count.ts';

/** Where a record stands in the log. */
export interface LogPlace {
  readonly partition: number;
  readonly offset: bigint;
  readonly appendedAt: Date;
}

export interface PostCounts {
  /** How many posts of the creator came before this one; null for a record that was counted before. */
  ordinalOf(creatorId: string, place: LogPlace): bigint | null;
  /** Those that have moved. */
  moved(): CreatorPostCount[];
}

/**
 * Counts creators' posts, each record once however often it is delivered: a creator's records stand in one partition, in order.
 * A log that begins anew with its offsets is told by the time of its records.
 *
 * @param known - as far as was counted before
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
