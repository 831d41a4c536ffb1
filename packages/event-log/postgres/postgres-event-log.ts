import { type BackOff } from '@leakwatch/runtime/waiting';
import { EventLogError } from '../port/errors.ts';
import { type EventLog, type Offsets, type Subscription } from '../port/event-log.ts';
import { createAppendQueue } from '../adapter/append-queue.ts';
import { replayLog } from '../adapter/replay-log.ts';
import { type Listener } from '../adapter/log-source.ts';
import { type SubscriptionSettings, subscribeLog } from '../subscription/subscribe-log.ts';
import { appendRecords } from './append-records.ts';
import { answeringWithin, type LogDatabase } from './database.ts';
import { createGroupMember } from './group-member.ts';
import { createLogReader, readCommitted } from './read-records.ts';
import { createTopic, createTopicDirectory } from './topics.ts';
import { createWakeUps } from './wake-ups.ts';

export const DEFAULT_PARTITIONS = 12;

export interface PostgresEventLogOptions extends Partial<Omit<SubscriptionSettings, 'beatMs'>> {
  /** A database with migration 000001. The caller closes it, after the log. */
  readonly database: LogDatabase;
  /** Topics to create where they are missing. */
  readonly topics: readonly string[];
  /** The number of partitions of a topic that is created now. Existing topics keep theirs. */
  readonly partitions?: number;
  /**
   * The others count a member as dead when it has not renewed its lease for this long. It renews after a third
   * of that.
   */
  readonly leaseMs?: number;
  /** How long a statement may take before the database counts as out of reach. */
  readonly answerMs?: number;
}

const DEFAULTS = {
  pollMs: 1000,
  drainMs: 20_000,
  maxBatchBytes: 8_000_000,
  backOff: { firstMs: 100, longestMs: 10_000 } satisfies BackOff,
};

/** The event log over the tables of migration 000001. */
export async function createPostgresEventLog(options: PostgresEventLogOptions): Promise<EventLog> {
  const {
    topics,
    partitions = DEFAULT_PARTITIONS,
    answerMs = 30_000,
    leaseMs = 10_000,
    ...settings
  } = options;
  const database = answeringWithin(answerMs, options.database);
  const merged: SubscriptionSettings = { ...DEFAULTS, beatMs: leaseMs / 3, ...settings };
  for (const topic of topics) await createTopic(database, { topic, partitions });

  const directory = createTopicDirectory(database);
  const appends = createAppendQueue({
    partitions: (topic) => directory.partitions(topic),
    append: (records) => appendRecords(database, records),
  });
  const reader = createLogReader(database);
  const wakeUps = createWakeUps(database);
  const subscriptions = new Set<Subscription>();
  let closed = false;

  function mustBeOpen(): void {
    if (closed) throw new EventLogError('closed', 'the event log has been closed');
  }

  return {
    async publish(records) {
      mustBeOpen();
      await appends.publish(records);
    },

    async subscribe(request) {
      mustBeOpen();
      for (const topic of request.topics) await directory.partitions(topic);
      const source = {
        reader,
        member: createGroupMember(database, { ...request, leaseMs }),
        listen: (listener: Listener) => wakeUps.add(listener),
        tellsEnds: false,
      };
      const subscription = await subscribeLog(source, merged, request);
      subscriptions.add(subscription);
      const forget = () => subscriptions.delete(subscription);
      subscription.stopped.then(forget, forget);
      if (closed) await subscription.close();
      mustBeOpen();
      return subscription;
    },

    replay(request) {
      mustBeOpen();
      return replayLog(reader, request, merged.maxBatchBytes);
    },

    async endOffsets(topic): Promise<Offsets> {
      await directory.partitions(topic);
      const heads = await reader.heads([topic]);
      return new Map(heads.map((head) => [head.partition, head.end]));
    },

    async offsetsAt(topic, instant): Promise<Offsets> {
      await directory.partitions(topic);
      return reader.offsetsAt(topic, instant);
    },

    committedOffsets: (group, topic) => readCommitted(database, group, topic),

    async close() {
      closed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await appends.idle();
      await wakeUps.close();
    },
  };
}
