import {
  type GroupMember,
  type Holding,
  type LogReader,
  partitionName,
  type TopicPartition,
} from '../../adapter/log-source.ts';
import { EventLogError } from '../../port/errors.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { kafkaErrorType, toEventLogError } from '../cluster/kafka-errors.ts';
import { readCommitted } from './committed-offsets.ts';
import { type Beginning, findPlace } from './find-place.ts';
import {
  createGroupCoordinator,
  type GroupCoordinator,
  type GroupSettings,
  type Membership,
} from './group-coordinator.ts';
import { nextStanding, type Standing } from './member-standing.ts';

export interface MemberOptions extends GroupSettings, Beginning {
  readonly onError: (error: EventLogError) => void;
}

/** The coordinator speaks of another generation of the group than the member does. */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
]);
/** After so many tries in a row the next heartbeat joins: the group changes all the time. */
const JOIN_TRIES = 5;
/** A member may take this share of the group's rebalance timeout to finish its batches. */
const DRAIN_SHARE = 0.6;

/** A member of a Kafka group. member-standing.ts shows its states. */
export function createGroupMember(
  cluster: KafkaCluster,
  reader: Pick<LogReader, 'heads'>,
  options: MemberOptions,
): GroupMember {
  return new KafkaGroupMember(cluster, reader, options);
}

class KafkaGroupMember implements GroupMember {
  readonly #cluster: KafkaCluster;
  readonly #reader: Pick<LogReader, 'heads'>;
  readonly #options: MemberOptions;
  readonly #coordinator: GroupCoordinator;
  #membership: Membership | undefined;
  #held = new Map<string, Holding>();
  #epochs = 0n;
  #standing: Standing = 'apart';
  /** The latest time for a draining member to join again. */
  #drainUntil = 0;
  /** The last join. Commits wait for it: the coordinator refuses them until the new generation has begun. */
  #joining: Promise<unknown> = Promise.resolve();

  constructor(cluster: KafkaCluster, reader: Pick<LogReader, 'heads'>, options: MemberOptions) {
    this.#cluster = cluster;
    this.#reader = reader;
    this.#options = options;
    this.#coordinator = createGroupCoordinator(cluster, options);
  }

  async sync(busy: readonly TopicPartition[]): Promise<readonly Holding[]> {
    try {
      if (this.#membership !== undefined && this.#standing !== 'apart') await this.#beat(this.#membership);
      if (this.#standing === 'settled') return [...this.#held.values()];
      if (this.#mayDrain(busy)) return [...this.#held.values()].map((one) => ({ ...one, leaving: true }));
      const joined = this.#joinUntilSettled();
      // A commit that waits for the join learns from `#held` whether it failed.
      this.#joining = joined.catch(() => undefined);
      await joined;
      return [...this.#held.values()];
    } catch (error) {
      throw toEventLogError(error);
    }
  }

  async commit({ topic, partition }: TopicPartition, epoch: bigint, offset: bigint): Promise<boolean> {
    await this.#joining;
    const member = this.#membership;
    const holding = this.#held.get(partitionName({ topic, partition }));
    if (member === undefined || holding?.epoch !== epoch) return false;
    try {
      await this.#coordinator.commit(member, [{ topic, partition, offset }]);
      return true;
    } catch (error) {
      if (!isLeftBehind(error)) throw toEventLogError(error);
      if (member === this.#membership) this.#expelled(error);
      return false;
    }
  }

  async leave(): Promise<void> {
    const leaving = this.#membership;
    if (leaving === undefined) return;
    this.#membership = undefined;
    this.#held = new Map();
    try {
      await this.#coordinator.leave(leaving);
    } catch (error) {
      // The group has dropped the member already.
      if (kafkaErrorType(error) !== 'UNKNOWN_MEMBER_ID') throw toEventLogError(error);
    }
  }

  /** Says that the member lives, and learns whether the group wants its members to join again. */
  async #beat(member: Membership): Promise<void> {
    try {
      await this.#coordinator.beat(member);
    } catch (error) {
      if (!isLeftBehind(error)) throw error;
      if (kafkaErrorType(error) !== 'REBALANCE_IN_PROGRESS') {
        this.#expelled(error);
        return;
      }
      if (this.#standing === 'settled') {
        this.#drainUntil = performance.now() + DRAIN_SHARE * this.#options.rebalanceTimeoutMs;
      }
      this.#standing = nextStanding(this.#standing, 'rebalance');
    }
  }

  /** Whether batches under way still have time before the member joins again. */
  #mayDrain(busy: readonly TopicPartition[]): boolean {
    if (this.#standing !== 'draining' || performance.now() >= this.#drainUntil) return false;
    return busy.some((one) => this.#held.has(partitionName(one)));
  }

  /** The group went on without this member: others have had its partitions. */
  #expelled(error: unknown): void {
    if (kafkaErrorType(error) === 'UNKNOWN_MEMBER_ID') this.#membership = undefined;
    this.#held = new Map();
    this.#standing = nextStanding(this.#standing, 'part');
  }

  async #joinUntilSettled(): Promise<void> {
    for (let tries = 1; !(await this.#hasJoined()) && tries < JOIN_TRIES; tries++);
  }

  /** Joins. Returns false where the group changed again before it was settled. */
  async #hasJoined(): Promise<boolean> {
    try {
      await this.#join();
      return true;
    } catch (error) {
      if (!isLeftBehind(error)) throw error;
      this.#expelled(error);
      return false;
    }
  }

  /**
   * Joins, and finds the place in partitions that are new here. A partition that comes back in the very next generation was with
   * no other member in between: the member goes on with it where it is. Any other gets a new epoch.
   */
  async #join(): Promise<void> {
    const before = this.#membership;
    const { membership: now, share } = await this.#coordinator.join(before, [...this.#held.values()]);
    this.#membership = now;
    const isNext = before?.memberId === now.memberId && before.generation + 1 === now.generation;
    const kept = isNext ? this.#held : new Map<string, Holding>();
    const shared = new Set(share.map(partitionName));
    this.#held = new Map([...kept].filter(([name]) => shared.has(name)));
    const fresh = share.filter((one) => !this.#held.has(partitionName(one)));
    this.#standing = nextStanding(this.#standing, 'join');
    try {
      for (const holding of await this.#place(now, fresh)) this.#held.set(partitionName(holding), holding);
    } catch (error) {
      // Without their places the new partitions are not held: the next heartbeat joins again.
      this.#standing = nextStanding(this.#standing, 'part');
      throw error;
    }
  }

  /** Finds where to go on in partitions that are new here. */
  async #place(member: Membership, fresh: readonly TopicPartition[]): Promise<Holding[]> {
    const holdings: Holding[] = [];
    const toCommit: Holding[] = [];
    for (const topic of new Set(fresh.map((one) => one.topic))) {
      const committed = await readCommitted(this.#cluster, this.#options.group, topic);
      const heads = new Map((await this.#reader.heads([topic])).map((head) => [head.partition, head]));
      for (const { partition } of fresh.filter((one) => one.topic === topic)) {
        const head = heads.get(partition) ?? { topic, partition, start: 0n, end: 0n };
        const place = findPlace(head, committed.get(partition), this.#options);
        if (place.isPastEnd) this.#reportPastEnd(head, committed.get(partition));
        const holding = { topic, partition, offset: place.offset, epoch: ++this.#epochs, leaving: false };
        holdings.push(holding);
        if (place.mustCommit) toCommit.push(holding);
      }
    }
    if (toCommit.length > 0) await this.#coordinator.commit(member, toCommit);
    return holdings;
  }

  #reportPastEnd(head: TopicPartition & { readonly end: bigint }, committed: bigint | undefined): void {
    const { group, onError } = this.#options;
    const what = `${partitionName(head)} ends at ${head.end}, before offset ${committed ?? '?'} that group ${group} had committed`;
    onError(new EventLogError('offset-trimmed', `${what}; the group goes on at the end`));
  }
}

function isLeftBehind(error: unknown): boolean {
  return LEFT_BEHIND.has(kafkaErrorType(error) ?? '');
}
