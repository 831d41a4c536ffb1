import { type BackOff } from '../back-off.ts';
import { EventLogError } from '../errors.ts';
import { type EventLog, type Offsets, type Subscription } from '../event-log.ts';
import { createAppendQueue } from './append-queue.ts';
import { answeringWithin, type LogDatabase } from './database.ts';
import { readCommitted, readHeads, readOffsetsAt } from './read-records.ts';
import { replayLog } from './replay-log.ts';
import { type SubscriptionSettings, subscribeLog } from './subscribe-log.ts';
import { createTopic, createTopicDirectory } from './topics.ts';
import { createWakeUps } from './wake-ups.ts';

export const DEFAULT_PARTITIONS = 12;

export interface PostgresEventLogOptions extends Partial<SubscriptionSettings> {
  /** Migration 000001 has run on it. It stays the caller's to close, after the log. */
  readonly database: LogDatabase;
  /** Topics to create where they don't exist yet. */
  readonly topics: readonly string[];
  /** Partitions of a topic that is created now; one that exists keeps what it has. */
  readonly partitions?: number;
  /** How long a statement may take before the database counts as out of reach. */
  readonly answerMs?: number;
}

const DEFAULTS = {
  leaseMs: 10_000,
  pollMs: 1000,
  drainMs: 30_000,
  maxBatchBytes: 8_000_000,
  backOff: { firstMs: 100, longestMs: 10_000 } satisfies BackOff,
};

/** The event log over the tables of migration 000001. */
export async function createPostgresEventLog(options: PostgresEventLogOptions): Promise<EventLog> {
  const { topics, partitions = DEFAULT_PARTITIONS, answerMs = 30_000, ...settings } = options;
  const database = answeringWithin(answerMs, options.database);
  const merged: SubscriptionSettings = { ...DEFAULTS, ...settings };
  for (const topic of topics) await createTopic(database, { topic, partitions });

  const directory = createTopicDirectory(database);
  const appends = createAppendQueue(database, directory);
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
      const subscription = await subscribeLog(database, wakeUps, merged, request);
      subscriptions.add(subscription);
      const forget = () => subscriptions.delete(subscription);
      subscription.stopped.then(forget, forget);
      if (closed) await subscription.close();
      mustBeOpen();
      return subscription;
    },

    replay(request) {
      mustBeOpen();
      return replayLog(database, request, merged.maxBatchBytes);
    },

    async endOffsets(topic): Promise<Offsets> {
      await directory.partitions(topic);
      const heads = await readHeads(database, [topic]);
      return new Map(heads.map((head) => [head.partition, head.end]));
    },

    async offsetsAt(topic, instant): Promise<Offsets> {
      await directory.partitions(topic);
      return readOffsetsAt(database, topic, instant);
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
