import { type Head } from '../../adapter/log-source.ts';
import { type Offsets } from '../../port/event-log.ts';
import { type Committed } from './committed-offsets.ts';

export interface Beginning {
  /** The start of a group without a committed offset. */
  readonly startAt: 'earliest' | 'latest';
  /** Begins at these offsets instead, in the partitions named. */
  readonly startFrom?: Offsets;
}

/** The place where a group continues in a partition. */
export interface Place {
  readonly offset: bigint;
  /** Must be committed now: the next member would find another place, once more records have been appended. */
  readonly mustCommit: boolean;
  /** The committed offset was one of another topic of this name. */
  readonly isOfAnother: boolean;
}

/**
 * @param committed - the group's committed place; undefined where it has none
 * @param topicId - undefined where the broker tells none
 */
export function findPlace(
  head: Head,
  committed: Committed | undefined,
  beginning: Beginning,
  topicId: string | undefined,
): Place {
  if (committed !== undefined) {
    // All records of a topic that was made again are new to the group, whatever number they have.
    const isOfAnother = committed.topicId !== null && topicId !== undefined && committed.topicId !== topicId;
    if (isOfAnother) return { offset: head.start, mustCommit: true, isOfAnother };
    // One past the end stays for now, too: the subscription waits, and goes back if the records are really lost (watch-ends.ts).
    return { offset: committed.offset, mustCommit: false, isOfAnother };
  }
  const { startAt, startFrom } = beginning;
  const wanted = startFrom?.get(head.partition) ?? (startAt === 'earliest' ? head.start : head.end);
  const offset = wanted < head.start ? head.start : wanted;
  return {
    offset,
    mustCommit: startAt === 'latest' || offset > head.start,
    isOfAnother: false,
  };
}
