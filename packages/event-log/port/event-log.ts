/**
 * The event log as the rest of leakwatch sees it. Its records lie in Postgres tables or in Apache Kafka.
 *
 * The contract suite (contract-tests/) holds both to these promises:
 * - Records with one key keep their order.
 * - At least once: a record is delivered again when a process dies before its handler has finished.
 * - The members of a group share a topic's partitions, each partition with one member at a time. When a member
 *   dies, its partitions move to the others.
 * - When a member loses a partition, the batch's `signal` is aborted, and a later commit changes nothing.
 */
export interface OutgoingRecord {
  readonly topic: string;
  /** Records with one key go to one partition. */
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LogRecord extends OutgoingRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly appendedAt: Date;
}

/** Partition → offset. The end offset is the one that the next record will get. */
export type Offsets = ReadonlyMap<number, bigint>;

export interface Batch {
  readonly topic: string;
  readonly partition: number;
  /** In offset order; at least one. */
  readonly records: readonly LogRecord[];
  /** Aborted when another member takes the partition, and when a closing subscription stops waiting. */
  readonly signal: AbortSignal;
  /** Declares that the effects of all records up to this offset are durable, while the batch goes on. */
  done(offset: bigint): void;
}

export interface SubscribeOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group without a committed offset begins. */
  readonly startAt: 'earliest' | 'latest';
  /**
   * Lets a group without a committed offset begin here in the partitions named, to spare it the records before.
   * This is a hint: the handler must skip records that it must not see.
   */
  readonly startFrom?: Offsets;
  /** The most records in a batch. */
  readonly maxBatchRecords?: number;
  /** Number of partitions handled at once; one partition's batches never overlap. */
  readonly concurrency?: number;
  /**
   * How long records may wait for others while they do not fill a batch, in milliseconds; 0 by default. Meant
   * for work that is paid by the batch and is not urgent.
   */
  readonly gatherMs?: number;
  /**
   * Makes the batch's effects durable. When it resolves, the whole batch is committed. When it rejects,
   * `onError` is called, and records that are not `done` are delivered again after a pause. Nothing is skipped.
   */
  readonly handle: (batch: Batch) => Promise<void>;
  /**
   * Called with an EventLogError for each failed batch, lost partition, lost connection, and gap of records
   * trimmed unread. The subscription goes on by itself. By default these are process warnings.
   */
  readonly onError?: (error: Error) => void;
}

/** How long something has not happened, by a clock that cannot jump. */
export interface Delay {
  readonly forMs: number;
  /** The last error since then; null without one. */
  readonly reason: string | null;
}

/** How a member gets on. */
export interface Delays {
  /** Since the log last confirmed this member. */
  readonly beat: Delay;
  /** Since this member last learned where the log ends. */
  readonly look: Delay;
  /** Since a record was last finished in the partition that has waited longest; 0 where none waits. */
  readonly progress: Delay;
}

export interface Subscription {
  /** Resolves when `close` has ended the subscription. Rejects when the subscription can not go on. */
  readonly stopped: Promise<void>;
  /** When the log last confirmed this member. Its lease ends without that, and others take its partitions. */
  lastBeatAt(): Date;
  /** For readiness. */
  delays(): Delays;
  /** The partitions that this member holds now, by topic. */
  assignment(): ReadonlyMap<string, readonly number[]>;
  /** Starts no further batch until `resume`. The partitions stay with this member. */
  pause(): void;
  resume(): void;
  /** Starts no further batch, waits for those under way, commits them and leaves the group. */
  close(): Promise<void>;
}

export interface ReplayOptions {
  readonly topic: string;
  /**
   * Where to begin: offsets, or an instant, which means the first record appended then or later. The start of
   * the log by default. An offset that is no longer kept is the error `offset-trimmed`, never a silent later
   * start.
   */
  readonly from?: Offsets | Date;
  /** Where to end, exclusive. A replay never passes the ends that the log had when it began. */
  readonly to?: Offsets;
  readonly maxBatchRecords?: number;
  readonly signal?: AbortSignal;
}

export interface EventLog {
  /**
   * Appends the records, in order within each partition. Overlapping calls of one client keep their order.
   * Resolves when the records are durable. After a rejection none, some or all of them may be in the log:
   * publish them again.
   *
   * @throws EventLogError. `record-invalid`, `record-too-large` and `unknown-topic` do not go away by trying
   *   again.
   */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Reads a bounded part of a topic, partition by partition, outside every group. */
  replay(options: ReplayOptions): AsyncIterable<readonly LogRecord[]>;
  endOffsets(topic: string): Promise<Offsets>;
  /** In each partition the first kept record appended at this instant or later; the end where there is none. */
  offsetsAt(topic: string, instant: Date): Promise<Offsets>;
  /** A group's committed offsets. Partitions without a commit are absent. */
  committedOffsets(group: string, topic: string): Promise<Offsets>;
  close(): Promise<void>;
}
