import { itNeeds } from '@leakwatch/runtime/testing';
import { expect } from 'vitest';
import { seededRandom } from '../harness/seeded-random.ts';
import { kcat, hasKcat } from './harness/kcat.ts';
import { KAFKA_LOG } from './harness/kafka-log.ts';
import { POSTGRES_LOG } from './harness/postgres-log.ts';
import { openScene, type Scene } from './harness/scene.ts';

const TOPIC = 'posts';
const random = seededRandom(0x5a);
/** Names of creators, of many lengths and in many scripts. */
const KEYS = Array.from({ length: 500 }, (_, n) => {
  const letters = ['a', 'ö', '쥐', '字', '🦊'][n % 5] ?? '';
  return `${letters.repeat(1 + Math.floor(random() * 9))}-${n}`;
});

/** Key → partition of its record. */
async function places(scene: Scene): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const records of scene.log.replay({ topic: TOPIC })) {
    for (const { key, partition } of records) found.set(key, partition);
  }
  return found;
}

const itWithKafka = itNeeds(KAFKA_LOG.needs, KAFKA_LOG.isHere);
const itWithKcat = itNeeds('kcat, and a Kafka', hasKcat() && KAFKA_LOG.isHere);

itWithKafka('a key keeps its partition when the log moves from Postgres to Kafka', async () => {
  const records = KEYS.map((key) => ({ topic: TOPIC, key, value: Buffer.from(key), headers: {} }));
  const [postgres, kafka] = [await openScene(POSTGRES_LOG), await openScene(KAFKA_LOG)];
  await Promise.all([postgres.log.publish(records), kafka.log.publish(records)]);
  const [before, after] = await Promise.all([places(postgres), places(kafka)]);
  expect(before.size).toBe(KEYS.length);
  expect(after).toEqual(before);
});

itWithKcat("a key keeps its partition when another client produces it, by Kafka's own hash", async () => {
  const scene = await openScene(KAFKA_LOG);
  await scene.log.publish(KEYS.map((key) => ({ topic: TOPIC, key, value: Buffer.from(key), headers: {} })));
  const ours = await places(scene);
  await scene.trim(TOPIC);
  await kcat(scene.address, ['-P', '-K', '\t', '-X', 'topic.partitioner=murmur2_random'], TOPIC, {
    input: KEYS.map((key) => `${key}\t${key}\n`).join(''),
  });
  expect(await places(scene)).toEqual(ours);
});
