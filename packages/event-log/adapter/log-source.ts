import { type LogRecord, type Offsets } from '../port/event-log.ts';

/** One partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/** The range of offsets that a partition keeps. */
export interface Head extends TopicPartition {
  /** The first offset that is kept. */
  readonly start: bigint;
  /** The offset that the next record will get. */
  readonly end: bigint;
  /** The log was cut back under its reader: from here on it holds other records than were read. */
  readonly cutAt?: bigint;
}

export interface Stretch extends TopicPartition {
  readonly from: bigint;
  /** Exclusive. */
  readonly to: bigint;
}

export interface ReadLimits {
  readonly records: number;
  /** Bytes of values. The first record comes whatever its size. */
  readonly bytes: number;
}

/** The first records of a stretch, in offset order. */
export interface ReadStretch {
  /** Empty where no record for readers has these offsets. */
  readonly records: readonly LogRecord[];
  /** Where to read on. */
  readonly next: bigint;
}

/** Reads records and ends, outside every group. */
export interface LogReader {
  /** Topics that do not exist have no entry. */
  heads(topics: readonly string[]): Promise<Head[]>;
  /** Per partition the first offset at this instant or later; the end where there is none. */
  offsetsAt(topic: string, instant: Date): Promise<Offsets>;
  /** @throws EventLogError `offset-trimmed` where the stretch begins before what is kept. */
  read(stretch: Stretch, limits: ReadLimits): Promise<ReadStretch>;
}

/** A partition that a member holds, as the log says. */
export interface Holding extends TopicPartition {
  /** The committed offset, or the one where the group begins. */
  readonly offset: bigint;
  /** Changes each time the partition comes to the member anew. */
  readonly epoch: bigint;
  /** The member has to give it back once its batch is over. */
  readonly leaving: boolean;
  /** The topic was deleted and made again, so the group begins anew. */
  readonly isAnew?: boolean;
}

/** One member of a group, as its log sees it. */
export interface GroupMember {
  /**
   * Heartbeat: stays in the group and settles which member holds which partition. Those in `busy` are not given
   * away now.
   */
  sync(busy: readonly TopicPartition[]): Promise<readonly Holding[]>;
  /** Commits everything before `offset`. Returns false, and changes nothing, where the partition is no longer ours. */
  commit(partition: TopicPartition, epoch: bigint, offset: bigint): Promise<boolean>;
  leave(): Promise<void>;
}

/** Callbacks of a subscription. */
export interface Listener {
  readonly topics: ReadonlySet<string>;
  readonly group: string;
  /** There may be new records. `heads` holds the ends, where the caller knows them. */
  onRecords(heads?: readonly Head[]): void;
  /** The group's members may have changed. */
  onMembers(): void;
  onError(error: Error): void;
  /** The held partitions, each with the next offset to handle. */
  positions(): readonly (TopicPartition & { readonly position: bigint })[];
}

/**
 * The seam between a subscription and its log. Everything behind it differs between the adapters; the
 * subscription is the same.
 */
export interface LogSource {
  readonly reader: LogReader;
  readonly member: GroupMember;
  /** Calls the listener until the returned function is called. */
  listen(listener: Listener): Promise<() => void>;
  /**
   * Whether `onRecords` always comes with the ends. If so, a subscription that has read everything need not look
   * for more.
   */
  readonly tellsEnds: boolean;
}
