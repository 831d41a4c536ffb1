import { type LogRecord, type Offsets } from '../port/event-log.ts';

/** One partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/** What is kept of a partition. */
export interface Head extends TopicPartition {
  /** The first offset that is kept. */
  readonly start: bigint;
  /** The offset that the next record will get. */
  readonly end: bigint;
}

export interface Stretch extends TopicPartition {
  readonly from: bigint;
  /** Exclusive. */
  readonly to: bigint;
}

export interface ReadLimits {
  readonly records: number;
  /** Bytes of values; the first record comes whatever its size. */
  readonly bytes: number;
}

/** The first records of a stretch, in offset order. */
export interface ReadStretch {
  /** None where nothing has been appended there, or where the offsets hold nothing for readers. */
  readonly records: readonly LogRecord[];
  /** Where to read on. */
  readonly next: bigint;
}

/** How records and ends are read, outside every group. */
export interface LogReader {
  /** Partitions of topics that don't exist are absent. */
  heads(topics: readonly string[]): Promise<Head[]>;
  /** Per partition the first offset at or after an instant; the end where there is none. */
  offsetsAt(topic: string, instant: Date): Promise<Offsets>;
  /** @throws EventLogError `offset-trimmed` where the stretch begins before what is kept. */
  read(stretch: Stretch, limits: ReadLimits): Promise<ReadStretch>;
}

/** A partition that a member holds. */
export interface Holding extends TopicPartition {
  /** Committed, or where the group begins. */
  readonly offset: bigint;
  /** Another value each time the partition comes to the member anew. */
  readonly epoch: bigint;
  /** To be given back once its batch is over. */
  readonly leaving: boolean;
}

/** One member of a group, as its log sees it. */
export interface GroupMember {
  /** Heartbeat: stays in the group and settles who holds what. Partitions in `busy` are not given back now. */
  sync(busy: readonly TopicPartition[]): Promise<readonly Holding[]>;
  /** Commits that everything before `offset` is done; false, and nothing has changed, where the partition is no longer ours. */
  commit(partition: TopicPartition, epoch: bigint, offset: bigint): Promise<boolean>;
  leave(): Promise<void>;
}

/** What a subscription wants to hear of. */
export interface Listener {
  readonly topics: ReadonlySet<string>;
  readonly group: string;
  /** There may be records; `heads` says how far, where that is known. */
  onRecords(heads?: readonly Head[]): void;
  /** There may have been a change among the group's members. */
  onMembers(): void;
  onError(error: Error): void;
  /** The partitions that are held, and the next offset of each that is to be handled. */
  positions(): readonly (TopicPartition & { readonly position: bigint })[];
}

/** What a subscription needs of a log: everything else about it, both adapters share. */
export interface LogSource {
  readonly reader: Pick<LogReader, 'heads' | 'read'>;
  readonly member: GroupMember;
  /** Calls the listener until the returned function is called. */
  listen(listener: Listener): Promise<() => void>;
  /** Whether the listener hears with all that comes how far the log goes then: whoever has read all of it need not look again. */
  readonly tellsEnds: boolean;
}
