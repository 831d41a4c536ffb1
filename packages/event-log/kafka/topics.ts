import { TOPICS, type Topic } from '@leakwatch/contracts';
import { type BackOff, retry } from '@leakwatch/runtime/waiting';
import kafkajs, { type Admin } from 'kafkajs';
import { z } from 'zod';
import { createKafkaClient, type KafkaConnectionOptions } from './cluster/kafka-client.ts';
import { kafkaErrorType, toEventLogError } from './cluster/kafka-errors.ts';

/** The settings that a topic should have. */
export interface TopicSpec {
  readonly topic: string;
  /** Fixed at creation: with another number keys would move to other partitions. */
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Explicit settings, by Kafka's names: `retention.ms`, `cleanup.policy` … */
  readonly config: Readonly<Record<string, string>>;
}

/** A topic whose settings differ from ours. `what` is `partitions`, `replication-factor`, or a setting's name. */
export interface TopicMismatch {
  readonly topic: string;
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export interface TopicSpecOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  /** Retention in days. Topics that are not named here keep the default. */
  readonly retentionDays?: Readonly<Partial<Record<Topic, number>>>;
}

const PARTITIONS = 12;
/** Retention in days. Re-scans read fingerprints, and dead letters wait for a person. */
const RETENTION_DAYS: Readonly<Record<Topic, number>> = {
  posts: 14,
  fingerprints: 400,
  detections: 90,
  alerts: 90,
  'dead-letters': 90,
};
const DAY_MS = 86_400_000;

/** A new topic is known to its controller first. Other brokers, and a busy one, hear of it and of its leaders later. */
const NOT_SPREAD: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);
const SPREADING: BackOff = { firstMs: 50, longestMs: 1000 };
/** Adds up to about half a minute. */
const SPREADING_ATTEMPTS = 40;

/**
 * The product's topics (packages/contracts/topics.ts). None is compacted: keys are creators, and all of a
 * creator's posts count. Records carry the broker's time, so that an instant means the same whatever a
 * producer's clock shows.
 */
export function productTopics(options: TopicSpecOptions = {}): TopicSpec[] {
  const { partitions = PARTITIONS, replicationFactor = 1, retentionDays } = options;
  return TOPICS.map((topic) => ({
    topic,
    partitions,
    replicationFactor,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': String((retentionDays?.[topic] ?? RETENTION_DAYS[topic]) * DAY_MS),
      'message.timestamp.type': 'LogAppendTime',
      // With three replicas one may be away, and acknowledged records still are on two.
      'min.insync.replicas': String(Math.max(1, replicationFactor - 1)),
    },
  }));
}

/** Creates missing topics. Reports where existing topics differ, and changes nothing about them. */
export async function ensureTopics(
  connection: KafkaConnectionOptions,
  specs: readonly TopicSpec[],
): Promise<{ created: string[]; mismatches: TopicMismatch[] }> {
  return withAdmin(connection, async (admin) => {
    const there = new Set(await admin.listTopics());
    const missing = specs.filter(({ topic }) => !there.has(topic));
    if (missing.length > 0) await createTopics(admin, missing);
    return {
      created: missing.map(({ topic }) => topic),
      mismatches: await retry(() => findMismatches(admin, specs), {
        backOff: SPREADING,
        shouldRetry: (error, failures) =>
          failures < SPREADING_ATTEMPTS && NOT_SPREAD.has(kafkaErrorType(error) ?? ''),
      }),
    };
  });
}

async function createTopics(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  await admin.createTopics({
    // kafkajs's own wait gives up on a broker that has not heard of the topic yet.
    waitForLeaders: false,
    topics: specs.map(({ topic, partitions, replicationFactor, config }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    })),
  });
}

/** Reports which topics are missing, and where existing ones differ. */
export async function checkTopics(
  connection: KafkaConnectionOptions,
  specs: readonly TopicSpec[],
): Promise<{ missing: string[]; mismatches: TopicMismatch[] }> {
  return withAdmin(connection, async (admin) => {
    const there = new Set(await admin.listTopics());
    return {
      missing: specs.filter(({ topic }) => !there.has(topic)).map(({ topic }) => topic),
      mismatches: await findMismatches(
        admin,
        specs.filter(({ topic }) => there.has(topic)),
      ),
    };
  });
}

/** Asks the brokers over a connection of its own. @throws EventLogError */
export async function withAdmin<T>(
  connection: KafkaConnectionOptions,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = createKafkaClient(connection).admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw toEventLogError(error);
  } finally {
    await admin.disconnect();
  }
}

/** kafkajs declares this answer as any. */
const ConfigsAnswer = z.object({
  resources: z.array(
    z.object({
      resourceName: z.string(),
      configEntries: z.array(z.object({ configName: z.string(), configValue: z.string().nullable() })),
    }),
  ),
});

async function findMismatches(admin: Admin, specs: readonly TopicSpec[]): Promise<TopicMismatch[]> {
  if (specs.length === 0) return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ topic }) => topic) });
  const configs = ConfigsAnswer.parse(
    await admin.describeConfigs({
      includeSynonyms: false,
      resources: specs.map(({ topic, config }) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: Object.keys(config),
      })),
    }),
  );
  return specs.flatMap(({ topic, partitions, replicationFactor, config }) => {
    const found = topics.find(({ name }) => name === topic)?.partitions ?? [];
    const entries = configs.resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    const comparisons = [
      { what: 'partitions', expected: String(partitions), actual: String(found.length) },
      {
        what: 'replication-factor',
        expected: String(replicationFactor),
        actual: String(Math.min(...found.map(({ replicas }) => replicas.length))),
      },
      ...Object.entries(config).map(([what, expected]) => ({
        what,
        expected,
        actual: entries.find(({ configName }) => configName === what)?.configValue ?? 'unset',
      })),
    ];
    return comparisons
      .filter(({ expected, actual }) => expected !== actual)
      .map((mismatch) => ({ topic, ...mismatch }));
  });
}
