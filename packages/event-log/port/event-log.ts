/**
 * The port: what every log behind leakwatch gives, whether its records lie in Postgres tables or in Apache Kafka.
 *
 * Guarantees that the contract suite (contract-tests/) holds every adapter to:
 * - records with one key keep their order;
 * - at least once: a record whose handler has not finished when a process dies is delivered again;
 * - the members of a group share a topic's partitions, each partition with one member at a time, and the partitions
 *   of a member that dies move to the others;
 * - a batch's `signal` is aborted when its partition is lost, and a commit after that changes nothing.
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

/** Partition → offset. An end offset is the offset that the next record will get. */
export type Offsets = ReadonlyMap<number, bigint>;

export interface Batch {
  readonly topic: string;
  readonly partition: number;
  /** In offset order, at least one. */
  readonly records: readonly LogRecord[];
  /** Aborted when the partition is lost to another member, or when a subscription that closes can wait no longer. */
  readonly signal: AbortSignal;
  /** Says that the effects of all records up to and including this offset are durable, before the batch is over. */
  done(offset: bigint): void;
}

export interface SubscribeOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group begins that has no committed offset. */
  readonly startAt: 'earliest' | 'latest';
  /**
   * Lets a group without a committed offset begin here in the partitions named, to save it the reading of what comes before.
   * It is a hint: what must not be seen, the handler skips.
   */
  readonly startFrom?: Offsets;
  /** Records of a batch at most. */
  readonly maxBatchRecords?: number;
  /** How many partitions are handled at once; one partition's batches never overlap. */
  readonly concurrency?: number;
  /**
   * How long records may wait for company, in milliseconds, while they don't fill a batch: for work whose price is by the batch
   * and that nobody waits for. 0 without it.
   */
  readonly gatherMs?: number;
  /**
   * Makes the batch's effects durable. When it resolves, the whole batch is committed. When it rejects, `onError` hears
   * of it and what is not `done` is delivered again after a pause: nothing is ever skipped.
   */
  readonly handle: (batch: Batch) => Promise<void>;
  /**
   * Hears of failed batches, lost partitions, lost connections and records that were trimmed unread (an EventLogError
   * each); the subscription goes on by itself. Without it they are process warnings.
   */
  readonly onError?: (error: Error) => void;
}

export interface Subscription {
  /** Resolves once `close` has ended it; rejects if it can never go on by itself. */
  readonly stopped: Promise<void>;
  /** When the log last agreed that this member lives: without that its lease ends, and others take its partitions. */
  lastBeatAt(): Date;
  /** Partitions that this member owns now, by topic. */
  assignment(): ReadonlyMap<string, readonly number[]>;
  /** Starts no further batch until `resume`; partitions stay with this member. */
  pause(): void;
  resume(): void;
  /** Takes no further batch, waits for those under way, commits them and leaves the group. */
  close(): Promise<void>;
}

export interface ReplayOptions {
  readonly topic: string;
  /**
   * Begin here, by offset or at the first record appended at or after an instant; the start of the log without it.
   * An offset that is no longer kept is an error, `offset-trimmed`, and never a silent later start.
   */
  readonly from?: Offsets | Date;
  /** End before these offsets, or before the ends of now where those come first: a replay always ends. */
  readonly to?: Offsets;
  readonly maxBatchRecords?: number;
  readonly signal?: AbortSignal;
}

export interface EventLog {
  /**
   * Appends the records, in order within each partition; publishes of one client that overlap keep the order of their calls.
   * Resolves once they are durable; where it rejects, none, some or all of them may be in the log: append them again.
   *
   * @throws EventLogError; `record-invalid`, `record-too-large` and `unknown-topic` will not get better by trying again.
   */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Reads a bounded stretch of a topic, partition by partition, outside every group. */
  replay(options: ReplayOptions): AsyncIterable<readonly LogRecord[]>;
  endOffsets(topic: string): Promise<Offsets>;
  /** In each partition the first kept record appended at or after an instant; the end where there is none. */
  offsetsAt(topic: string, instant: Date): Promise<Offsets>;
  /** What a group has committed; partitions without a commit are absent. */
  committedOffsets(group: string, topic: string): Promise<Offsets>;
  close(): Promise<void>;
}
