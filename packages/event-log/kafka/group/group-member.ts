import {
  type GroupMember,
  type Head,
  type Holding,
  type LogReader,
  partitionName,
  type TopicPartition,
} from '../../adapter/log-source.ts';
import { EventLogError } from '../../port/errors.ts';
import { type TopicIds } from '../wire/topic-ids.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { kafkaErrorType, toEventLogError } from '../cluster/kafka-errors.ts';
import { type Committed, readCommittedPlaces } from './committed-offsets.ts';
import { type Beginning, findPlace } from './find-place.ts';
import {
  createGroupCoordinator,
  type GroupCoordinator,
  type GroupSettings,
  type Membership,
} from './group-coordinator.ts';
import { nextStanding, type Standing } from './member-standing.ts';
import { readTopicIds } from './read-topic-ids.ts';

export interface MemberOptions extends GroupSettings, Beginning {
  /** Hears that a topic was deleted and made again: what was read of the one before is void. */
  readonly onMadeAgain: (topic: string) => void;
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

interface KafkaHolding extends Holding {
  readonly topicId: string | undefined;
}

/** The beginning in a topic that was made again. */
const ANEW: Beginning = { startAt: 'earliest' };

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
  /** Topics that were made again, until the member has found its place in them. */
  readonly #anew = new Set<string>();
  #membership: Membership | undefined;
  #held = new Map<string, KafkaHolding>();
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
      if (this.#standing === 'settled') await this.#leaveTopicsMadeAgain();
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
      await this.#coordinator.commit(member, [{ topic, partition, offset, topicId: holding.topicId }]);
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

  /** Joins again where a topic was made again: its partitions, and how many there are, are others. */
  async #leaveTopicsMadeAgain(): Promise<void> {
    const ids = await this.#readTopicIds();
    if (ids === null) return;
    const held = [...this.#held.values()].filter(({ topicId }) => topicId !== undefined);
    const gone = held.find(({ topic }) => !ids.has(topic));
    if (gone !== undefined)
      throw new EventLogError('log-unavailable', `topic ${gone.topic} has been deleted`);
    const again = held.filter(({ topic, topicId }) => ids.get(topic) !== topicId);
    if (again.length === 0) return;
    for (const { topic } of again) {
      this.#anew.add(topic);
      this.#options.onMadeAgain(topic);
    }
    this.#cluster.refresh();
    this.#held = new Map();
    this.#standing = nextStanding(this.#standing, 'part');
  }

  #readTopicIds(): Promise<TopicIds | null> {
    return readTopicIds(this.#cluster, this.#options.group, this.#options.topics);
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
    const kept = isNext ? this.#held : new Map<string, KafkaHolding>();
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
  async #place(member: Membership, fresh: readonly TopicPartition[]): Promise<KafkaHolding[]> {
    const holdings: KafkaHolding[] = [];
    const toCommit: KafkaHolding[] = [];
    const ids = await this.#readTopicIds();
    for (const topic of new Set(fresh.map((one) => one.topic))) {
      const committed = await readCommittedPlaces(this.#cluster, this.#options.group, topic);
      const heads = new Map((await this.#reader.heads([topic])).map((head) => [head.partition, head]));
      for (const { partition } of fresh.filter((one) => one.topic === topic)) {
        const head = heads.get(partition) ?? { topic, partition, start: 0n, end: 0n };
        const before = committed.get(partition);
        const isAnew = this.#anew.has(topic);
        const topicId = ids?.get(topic);
        // The group has read nothing of a topic made again, even if it would skip what an older one holds.
        const beginning = isAnew ? ANEW : this.#options;
        const place = findPlace(head, before, beginning, topicId);
        if (place.isOfAnother && !isAnew) this.#reportAnother(head, before);
        const standing = { offset: place.offset, epoch: ++this.#epochs, leaving: false, isAnew };
        const holding = { topic, partition, ...standing, topicId };
        holdings.push(holding);
        if (place.mustCommit) toCommit.push(holding);
      }
    }
    if (toCommit.length > 0) await this.#coordinator.commit(member, toCommit);
    this.#anew.clear();
    return holdings;
  }

  #reportAnother(head: Head, committed: Committed | undefined): void {
    const { group, onError } = this.#options;
    const what = `${partitionName(head)}: the topic was deleted and made again after group ${group} had committed offset ${committed?.offset ?? '?'}`;
    onError(new EventLogError('offset-trimmed', `${what}; the group goes on at its start`));
  }
}

function isLeftBehind(error: unknown): boolean {
  return LEFT_BEHIND.has(kafkaErrorType(error) ?? '');
}
