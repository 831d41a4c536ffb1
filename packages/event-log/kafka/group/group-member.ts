import { EventLogError } from '../../port/errors.ts';
import { type Offsets } from '../../port/event-log.ts';
import {
  type GroupMember,
  type Head,
  type Holding,
  type LogReader,
  partitionName,
  type TopicPartition,
} from '../../adapter/log-source.ts';
import { readCommitted } from './committed-offsets.ts';
import { createGroupCoordinator, type GroupSettings, type Membership } from './group-coordinator.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { kafkaErrorType, toEventLogError } from '../cluster/kafka-errors.ts';

export interface MemberOptions extends GroupSettings {
  readonly startAt: 'earliest' | 'latest';
  readonly startFrom?: Offsets;
  readonly onError: (error: EventLogError) => void;
}

/** The coordinator speaks of another generation than the member does. */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
]);
/** A group that changes all the time is joined again at the next heartbeat. */
const JOIN_TRIES = 5;
/** How much of the group's time a member takes at most to finish its batches before it joins again. */
const DRAIN_SHARE = 0.6;

/**
 * A member of a Kafka group (the classic protocol, all partitions given up at each change):
 *
 *   apart ──join──▶ in ──others come or go──▶ draining ──batches over, or time up──▶ join
 *     ▲              └──the group went on without us──▶ apart (all partitions lost)
 *     └──────────────────────────────────────────────────┘
 *
 * A partition that comes back to its member in the very next generation was nobody else's in between: the member goes on with it
 * where it is. Any other has a new epoch.
 */
export function createGroupMember(
  cluster: KafkaCluster,
  reader: Pick<LogReader, 'heads'>,
  options: MemberOptions,
): GroupMember {
  const coordinator = createGroupCoordinator(cluster, options);
  let membership: Membership | undefined;
  let held = new Map<string, Holding>();
  let epochs = 0n;
  /** Nothing while the group is settled; else when to join (again) though batches are under way. */
  let joinBy: number | undefined = 0;
  /** The last join. A commit waits for it: in the midst of one no generation would take it. */
  let joining: Promise<unknown> = Promise.resolve();

  /** Says that the member lives, and hears whether the group wants its members to join again. */
  async function beat(member: Membership): Promise<void> {
    try {
      await coordinator.beat(member);
    } catch (error) {
      const type = kafkaErrorType(error) ?? '';
      if (!LEFT_BEHIND.has(type)) throw error;
      if (type === 'REBALANCE_IN_PROGRESS') {
        joinBy ??= performance.now() + DRAIN_SHARE * options.rebalanceTimeoutMs;
      } else expelled(error);
    }
  }

  /** The group went on without us: others have had our partitions. */
  function expelled(error: unknown): void {
    if (kafkaErrorType(error) === 'UNKNOWN_MEMBER_ID') membership = undefined;
    held = new Map();
    joinBy = 0;
  }

  async function join(): Promise<void> {
    const before = membership;
    const { membership: now, share } = await coordinator.join(before, [...held.values()]);
    membership = now;
    joinBy = undefined;
    const isNext = before?.memberId === now.memberId && before.generation + 1 === now.generation;
    const kept = isNext ? held : new Map<string, Holding>();
    // Until the places of the new ones are known, they are not held: should that fail, the next heartbeat joins again.
    held = new Map([...kept].filter(([name]) => share.some((one) => partitionName(one) === name)));
    const fresh = share.filter((one) => !held.has(partitionName(one)));
    try {
      for (const holding of await place(now, fresh)) held.set(partitionName(holding), holding);
    } catch (error) {
      joinBy = 0;
      throw error;
    }
  }

  async function joinUntilSettled(): Promise<void> {
    for (let tries = 1; !(await hasJoined()) && tries < JOIN_TRIES; tries++);
  }

  /** Joins; false where the group has changed again before it was settled. */
  async function hasJoined(): Promise<boolean> {
    try {
      await join();
      return true;
    } catch (error) {
      if (!LEFT_BEHIND.has(kafkaErrorType(error) ?? '')) throw error;
      expelled(error);
      return false;
    }
  }

  /** Where to begin in partitions that are new here. */
  async function place(member: Membership, fresh: readonly TopicPartition[]): Promise<Holding[]> {
    const holdings: Holding[] = [];
    const begun: Holding[] = [];
    for (const topic of new Set(fresh.map((one) => one.topic))) {
      const committed = await readCommitted(cluster, options.group, topic);
      const heads = new Map((await reader.heads([topic])).map((head) => [head.partition, head]));
      for (const { partition } of fresh.filter((one) => one.topic === topic)) {
        const head = heads.get(partition) ?? { topic, partition, start: 0n, end: 0n };
        const place = committed.get(partition);
        const offset = place === undefined ? firstOffset(head) : withinEnd(place, head);
        const holding = { topic, partition, offset, epoch: ++epochs, leaving: false };
        holdings.push(holding);
        if (place === undefined && (options.startAt === 'latest' || offset > head.start)) begun.push(holding);
      }
    }
    // A group that doesn't begin with the log must find its beginning again, whatever is appended before its first commit.
    if (begun.length > 0) await coordinator.commit(member, begun);
    return holdings;
  }

  function firstOffset({ partition, start, end }: Head): bigint {
    const wanted = options.startFrom?.get(partition) ?? (options.startAt === 'earliest' ? start : end);
    return wanted < start ? start : wanted;
  }

  function withinEnd(place: bigint, head: Head): bigint {
    if (place <= head.end) return place;
    // The brokers have lost what the group had read, or the topic was made anew.
    const what = `${partitionName(head)} ends at ${head.end}, before offset ${place} that group ${options.group} had committed`;
    options.onError(new EventLogError('offset-trimmed', `${what}; the group goes on there`));
    return head.end;
  }

  function isHeldSince(partition: TopicPartition, epoch: bigint): boolean {
    return held.get(partitionName(partition))?.epoch === epoch;
  }

  return {
    async sync(busy) {
      try {
        if (membership !== undefined && joinBy !== 0) await beat(membership);
        if (joinBy === undefined) return [...held.values()];
        const isBusy = busy.some((one) => held.has(partitionName(one)));
        if (isBusy && performance.now() < joinBy) {
          return [...held.values()].map((one) => ({ ...one, leaving: true }));
        }
        const joined = joinUntilSettled();
        // Who waits for its end hears of its failure by what is held then.
        joining = joined.catch(() => undefined);
        await joined;
        return [...held.values()];
      } catch (error) {
        throw toEventLogError(error);
      }
    },

    async commit({ topic, partition }, epoch, offset) {
      await joining;
      const member = membership;
      if (member === undefined || !isHeldSince({ topic, partition }, epoch)) return false;
      try {
        await coordinator.commit(member, [{ topic, partition, offset }]);
        return true;
      } catch (error) {
        if (!LEFT_BEHIND.has(kafkaErrorType(error) ?? '')) throw toEventLogError(error);
        if (member === membership) expelled(error);
        return false;
      }
    },

    async leave() {
      if (membership === undefined) return;
      const leaving = membership;
      membership = undefined;
      held = new Map();
      try {
        await coordinator.leave(leaving);
      } catch (error) {
        // Gone already.
        if (kafkaErrorType(error) !== 'UNKNOWN_MEMBER_ID') throw toEventLogError(error);
      }
    },
  };
}
