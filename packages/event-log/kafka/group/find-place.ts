import { type Head } from '../../adapter/log-source.ts';
import { type Offsets } from '../../port/event-log.ts';

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
  /** The committed offset lay past the end of the log. The brokers lost what the group had read, or the topic is another one. */
  readonly isPastEnd: boolean;
}

/** @param committed - the group's committed offset; undefined where it has none */
export function findPlace(head: Head, committed: bigint | undefined, beginning: Beginning): Place {
  if (committed !== undefined) {
    const isPastEnd = committed > head.end;
    return { offset: isPastEnd ? head.end : committed, mustCommit: false, isPastEnd };
  }
  const { startAt, startFrom } = beginning;
  const wanted = startFrom?.get(head.partition) ?? (startAt === 'earliest' ? head.start : head.end);
  const offset = wanted < head.start ? head.start : wanted;
  return { offset, mustCommit: startAt === 'latest' || offset > head.start, isPastEnd: false };
}
