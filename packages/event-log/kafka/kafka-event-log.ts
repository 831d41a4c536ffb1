import { type BackOff, retry } from '@leakwatch/runtime/waiting';
import { createAppendQueue } from '../adapter/append-queue.ts';
import { EventLogError } from '../port/errors.ts';
import { type EventLog, type Offsets, type Subscription } from '../port/event-log.ts';
import { replayLog } from '../adapter/replay-log.ts';
import { type Listener, type LogSource } from '../adapter/log-source.ts';
import { type SubscriptionSettings, subscribeLog } from '../subscription/subscribe-log.ts';
import { type AppendSettings, createRecordAppender } from './records/append-records.ts';
import { readCommitted } from './group/committed-offsets.ts';
import { type KafkaConnectionOptions } from './cluster/kafka-client.ts';
import { createGroupMember } from './group/group-member.ts';
import { createKafkaCluster } from './cluster/kafka-cluster.ts';
import { createLineage } from './records/lineage.ts';
import { createLogReader } from './records/read-records.ts';
import { createRecordBuffer } from './records/record-buffer.ts';
import { type FeedLimits, startRecordFeed } from './records/record-feed.ts';

const START_BACK_OFF: BackOff = { firstMs: 100, longestMs: 1000 };
const START_TRIES = 4;

export interface KafkaLogOptions
  extends
    KafkaConnectionOptions,
    Partial<Omit<SubscriptionSettings, 'beatMs'>>,
    Partial<AppendSettings>,
    Partial<FeedLimits> {
  /** Topics that must exist: without them the log is not opened. `ensureTopics` creates them, this never does. */
  readonly topics: readonly string[];
  /** The coordinator counts a member as dead after this silence. */
  readonly sessionTimeoutMs?: number;
  /** The rest between two heartbeats: at most a third of the session. */
  readonly heartbeatMs?: number;
  /** How long members may take to finish their batches when their group settles anew. */
  readonly rebalanceTimeoutMs?: number;
}

const SESSION_MS = 30_000;
const HEARTBEAT_MS = 3000;
const REBALANCE_MS = 30_000;

const SUBSCRIPTION = {
  pollMs: 1000,
  drainMs: 20_000,
  maxBatchBytes: 8_000_000,
  backOff: { firstMs: 100, longestMs: 10_000 } satisfies BackOff,
};
const APPEND = { appendWithinMs: 30_000, replicateMs: 10_000 } satisfies AppendSettings;
const FEED = { maxWaitMs: 500, aheadBytes: 32_000_000 } satisfies FeedLimits;

/**
 * The event log in Apache Kafka.
 *
 * @throws EventLogError `log-unavailable` when no broker answers, `log-refused` when they refuse this client,
 *   `unknown-topic` when a topic is missing
 */
export async function createKafkaEventLog(options: KafkaLogOptions): Promise<EventLog> {
  const { sessionTimeoutMs = SESSION_MS, rebalanceTimeoutMs = REBALANCE_MS } = options;
  const heartbeatMs = options.heartbeatMs ?? Math.min(HEARTBEAT_MS, sessionTimeoutMs / 3);
  const settings: SubscriptionSettings = { ...SUBSCRIPTION, ...options, beatMs: heartbeatMs };
  const cluster = createKafkaCluster(options);
  try {
    for (const topic of options.topics) await cluster.partitions(topic);
  } catch (error) {
    await cluster.close();
    throw error;
  }

  const appends = createAppendQueue({
    partitions: (topic) => cluster.partitions(topic),
    append: createRecordAppender(cluster, { ...APPEND, ...options }),
  });
  const reader = createLogReader(cluster);
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
      for (const topic of request.topics) await throughCuts(() => cluster.partitions(topic));
      // Each subscription has its own connections. A broker answers one connection in turn, and joining a group takes
      // as long as its slowest member.
      const own = createKafkaCluster(options);
      const buffer = createRecordBuffer();
      const onError = request.onError ?? ((error: Error) => process.emitWarning(error));
      const lineage = createLineage(own);
      const ownReader = createLogReader(own, buffer, lineage);
      const source: LogSource = {
        reader: ownReader,
        member: createGroupMember(own, reader, {
          ...{ ...request, sessionTimeoutMs, rebalanceTimeoutMs, onError },
          onMadeAgain: (topic) => buffer.forget(topic),
        }),
        listen: (listener: Listener) =>
          Promise.resolve(startRecordFeed(own, buffer, lineage, listener, { ...FEED, ...options })),
        tellsEnds: true,
      };
      let subscription: Subscription;
      try {
        subscription = await subscribeLog(source, settings, request);
      } catch (error) {
        await own.close();
        throw error;
      }
      subscriptions.add(subscription);
      const forget = () => {
        subscriptions.delete(subscription);
        return own.close();
      };
      void subscription.stopped.then(forget, forget);
      if (closed) await subscription.close();
      mustBeOpen();
      return subscription;
    },

    replay(request) {
      mustBeOpen();
      return replayLog(createLogReader(cluster), request, settings.maxBatchBytes);
    },

    async endOffsets(topic): Promise<Offsets> {
      const heads = await reader.heads([topic]);
      return new Map(heads.map((head) => [head.partition, head.end]));
    },

    offsetsAt: (topic, instant) => reader.offsetsAt(topic, instant),

    committedOffsets: (group, topic) => readCommitted(cluster, group, topic),

    async close() {
      closed = true;
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await appends.idle();
      await cluster.close();
    },
  };
}

/** A process must not end because one connection was cut just as it started. A broker that stays away is told soon. */
function throughCuts<T>(ask: () => Promise<T>): Promise<T> {
  return retry(ask, {
    backOff: START_BACK_OFF,
    shouldRetry: (error, failures) =>
      error instanceof EventLogError && error.canRetry && failures < START_TRIES,
  });
}
