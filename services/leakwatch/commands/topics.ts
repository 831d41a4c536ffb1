import { type Topic } from '@leakwatch/contracts';
import {
  checkTopics,
  ensureTopics,
  grantAccess,
  productTopics,
  type TopicMismatch,
} from '@leakwatch/event-log/kafka';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { checkSettingNames } from '../check-setting-names.ts';
import { serviceAccess } from '../kafka-access.ts';
import { loadKafkaConfig, type KafkaConfig } from '../kafka-config.ts';
import { TopicSchema } from '../outcomes.ts';
import { formatTable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { typed } from '../typed.ts';

export interface TopicsOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  /** Days to keep a topic's records, for topics that differ from the default. */
  readonly retention?: ReadonlyMap<Topic, number>;
}

export interface CreateTopicsOptions extends TopicsOptions {
  /** Also gives the services' users their access. `true`: their names have no prefix. */
  readonly grant?: string | true;
}

const EXIT_MISMATCH = 2;

/** Creates missing topics and changes no existing one; grants access if asked to. Returns the exit code: 2 if a topic's settings differ from ours. */
export async function createTopics(
  { grant, ...options }: CreateTopicsOptions,
  screen: Screen,
): Promise<number> {
  const kafka = kafkaOrNone();
  const { created, mismatches } = await ensureTopics(kafka, specsOf(options));
  for (const topic of created) {
    screen.outcome(TopicSchema, { ...AS_WANTED, topic, state: 'created' }, `created ${topic}`);
  }
  if (created.length === 0) screen.note('every topic exists already');
  if (grant !== undefined) {
    const accesses = serviceAccess(grant === true ? '' : grant);
    await grantAccess(kafka, accesses);
    screen.note(`granted: ${accesses.map(({ user }) => user).join(', ')}`);
  }
  return reportMismatches(mismatches, screen);
}

/** Lists topics that are missing or whose settings differ. Returns the exit code: 2 if there are any. */
export async function checkAllTopics(options: TopicsOptions, screen: Screen): Promise<number> {
  const { missing, mismatches } = await checkTopics(kafkaOrNone(), specsOf(options));
  for (const topic of missing) {
    screen.outcome(TopicSchema, { ...AS_WANTED, topic, state: 'missing' }, null);
    screen.problem(`${topic} is missing: \`${typed('topics create')}\` creates it`);
  }
  const code = reportMismatches(mismatches, screen);
  if (missing.length > 0) return EXIT_MISMATCH;
  if (code === 0) screen.note('every topic has the right settings');
  return code;
}

/** Of a topic whose settings are no matter. */
const AS_WANTED = { what: null, expected: null, actual: null };

function kafkaOrNone(): KafkaConfig {
  const { kafka } = readSettings({ names: checkSettingNames, kafka: loadKafkaConfig }, process.env);
  if (kafka !== null) return kafka;
  throw new UsageError(
    'topics exist only in Apache Kafka: set KAFKA_BROKERS. The log in Postgres creates its own.',
  );
}

function specsOf({ partitions, replicationFactor, retention }: TopicsOptions) {
  return productTopics({
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(retention === undefined ? {} : { retentionDays: Object.fromEntries(retention) }),
  });
}

function reportMismatches(mismatches: readonly TopicMismatch[], screen: Screen): number {
  if (mismatches.length === 0) return 0;
  const table = formatTable(
    ['topic', 'what', 'should be', 'is'],
    mismatches.map(({ topic, what, expected, actual }) => [topic, what, expected, actual]),
  );
  for (const [index, mismatch] of mismatches.entries()) {
    screen.outcome(TopicSchema, { ...mismatch, state: 'differs' }, index === 0 ? table : null);
  }
  screen.note(
    "nothing was changed: give the settings as options, or change the topic with Kafka's own tools",
  );
  return EXIT_MISMATCH;
}
