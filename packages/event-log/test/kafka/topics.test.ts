import { TOPICS } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uniqueName } from '../../contract-tests/harness.ts';
import {
  checkTopics,
  createKafkaEventLog,
  ensureTopics,
  type KafkaConnectionOptions,
  productTopics,
  type TopicSpec,
} from '../../kafka/index.ts';
import { findKafka, itNeedsKafka, openTestKafka, type TestKafka } from '../../testing/index.ts';

let kafka: TestKafka | undefined;
let connection: KafkaConnectionOptions;

beforeAll(async () => {
  if (findKafka() === 'none') return;
  kafka = await openTestKafka();
  connection = { brokers: kafka.brokers, clientId: 'leakwatch-test' };
});
afterAll(() => kafka?.close());

/** The product's topics under names that no other test uses. */
function renamed(specs: readonly TopicSpec[]): TopicSpec[] {
  const prefix = uniqueName('test');
  return specs.map((spec) => ({ ...spec, topic: `${prefix}-${spec.topic}` }));
}

itNeedsKafka('the product’s topics are created as they are stated, once', async () => {
  const specs = renamed(productTopics({ partitions: 3 }));
  const names = specs.map(({ topic }) => topic);
  expect(await checkTopics(connection, specs)).toEqual({ missing: names, mismatches: [] });
  expect(await ensureTopics(connection, specs)).toEqual({ created: names, mismatches: [] });
  expect(await ensureTopics(connection, specs)).toEqual({ created: [], mismatches: [] });
  expect(await checkTopics(connection, specs)).toEqual({ missing: [], mismatches: [] });

  const log = await createKafkaEventLog({ ...connection, topics: names });
  for (const name of names) expect((await log.endOffsets(name)).size).toBe(3);
  await log.close();
});

itNeedsKafka('what is there and differs is told by its name, and left as it is', async () => {
  const [spec] = renamed(productTopics({ partitions: 3 }));
  const { topic } = spec!;
  await ensureTopics(connection, [spec!]);
  const other = {
    ...spec!,
    partitions: 12,
    config: {
      'retention.ms': '3600000',
      'cleanup.policy': 'compact',
      'message.timestamp.type': 'LogAppendTime',
    },
  };
  const retention = spec!.config['retention.ms']!;
  const mismatches = [
    { topic, what: 'partitions', expected: '12', actual: '3' },
    { topic, what: 'retention.ms', expected: '3600000', actual: retention },
    { topic, what: 'cleanup.policy', expected: 'compact', actual: 'delete' },
  ];
  expect(await ensureTopics(connection, [other])).toEqual({ created: [], mismatches });
  expect(await checkTopics(connection, [other])).toEqual({ missing: [], mismatches });
  expect(await checkTopics(connection, [spec!])).toEqual({ missing: [], mismatches: [] });
});

itNeedsKafka('a log whose topics are missing is not opened', async () => {
  const missing = uniqueName('missing');
  await expect(createKafkaEventLog({ ...connection, topics: [missing] })).rejects.toMatchObject({
    code: 'unknown-topic',
  });
});

it('every topic of the product is stated, and fingerprints are kept the longest', () => {
  const specs = productTopics({ replicationFactor: 3, retentionDays: { posts: 1 } });
  expect(specs.map(({ topic }) => topic)).toEqual([...TOPICS]);
  const days = new Map(
    specs.map(({ topic, config }) => [topic, Number(config['retention.ms']) / 86_400_000]),
  );
  expect(days.get('posts')).toBe(1);
  expect(Math.max(...days.values())).toBe(days.get('fingerprints'));
  for (const { partitions, replicationFactor, config } of specs) {
    expect({ partitions, replicationFactor, insync: config['min.insync.replicas'] }).toEqual({
      partitions: 12,
      replicationFactor: 3,
      insync: '2',
    });
  }
});
