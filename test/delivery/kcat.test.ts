/** Reads and writes with an independent client, Debian's kcat, which shares no code with leakwatch. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EVENTS, type EventType } from '@leakwatch/contracts';
import { listDeadLetters } from '@leakwatch/event-log';
import { itNeeds } from '@leakwatch/runtime/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { z } from 'zod';
import { KAFKA_LOG } from './harness/kafka-log.ts';
import { hasKcat, kcat } from './harness/kcat.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { type MadePost, makePosts, recordOf } from './harness/made-posts.ts';
import { openScene, type Scene } from './harness/scene.ts';

const SCHEMAS = path.resolve(import.meta.dirname, '../../packages/contracts/schemas');
const itWithKcat = itNeeds('kcat, and a Kafka', hasKcat() && KAFKA_LOG.isHere);

/** A record as `kcat -J` writes it: headers are a flat list of names and values. */
const EnvelopeSchema = z.object({
  key: z.string(),
  payload: z.string(),
  headers: z.array(z.string()),
});

/** A CloudEvent in Kafka's binary mode. */
const EventHeadersSchema = z.object({
  ce_specversion: z.literal('1.0'),
  ce_type: z.string(),
  ce_id: z.string().regex(/^[0-9a-f]{64}$/),
  ce_source: z.string().regex(/^\/leakwatch\//),
  ce_time: z.iso.datetime(),
  'content-type': z.literal('application/json'),
  traceparent: z.string().regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
});

async function read(scene: Scene, topic: string) {
  const output = await kcat(scene.address, ['-C', '-e', '-q', '-J'], topic);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { key, payload, headers } = EnvelopeSchema.parse(JSON.parse(line));
      const named = headers.flatMap((name, index) =>
        index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as const] : [],
      );
      return { key, payload, headers: Object.fromEntries(named) };
    });
}

/** Produces one record with the headers of a CloudEvent, as another program would. */
async function produce(scene: Scene, post: MadePost): Promise<void> {
  const { topic, key, value, headers } = recordOf(post);
  const flags = Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}=${text}`]);
  scene.ledger.send([post]);
  await kcat(scene.address, ['-P', '-k', key, '-X', 'topic.partitioner=murmur2_random', ...flags], topic, {
    input: value,
  });
  scene.ledger.acknowledge([post]);
}

async function publishedSchema(type: EventType) {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schema: unknown = JSON.parse(await readFile(path.join(SCHEMAS, `${type.type}.schema.json`), 'utf8'));
  return ajv.compile(z.record(z.string(), z.unknown()).parse(schema));
}

itWithKcat('a post that kcat produces is processed like any other', async () => {
  const scene = await openScene(KAFKA_LOG);
  const posts = makePosts(0xca);
  await scene.start(['matcher', 'alerting']);
  for (const post of posts(6)) await produce(scene, post);
  await scene.publish(posts(6));
  expect(await scene.settle()).toEqual(ALL_WELL);
  expect(scene.ledger.acknowledgedLeaks.length).toBeGreaterThan(6);
});

itWithKcat(
  'kcat reads detections and alerts: CloudEvents in binary mode, values that the published schemas accept',
  async () => {
    const scene = await openScene(KAFKA_LOG);
    await scene.start(['matcher', 'alerting']);
    await scene.publish(makePosts(0xcb)(30));
    expect(await scene.settle()).toEqual(ALL_WELL);
    for (const type of [EVENTS.post, EVENTS.fingerprint, EVENTS.detection, EVENTS.alert]) {
      const accepts = await publishedSchema(type);
      const records = await read(scene, type.topic);
      expect(records.length).toBeGreaterThan(10);
      for (const { key, headers, payload } of records) {
        expect(key).toMatch(/^unregistered:webhook\/default\/creator-\d+$/);
        expect(EventHeadersSchema.parse(headers).ce_type).toBe(type.type);
        accepts(JSON.parse(payload));
        expect(accepts.errors ?? []).toEqual([]);
      }
    }
  },
);

itWithKcat('what kcat produces without any header, or without a value, is one dead letter each', async () => {
  const scene = await openScene(KAFKA_LOG);
  await scene.start(['matcher', 'alerting']);
  await kcat(scene.address, ['-P', '-k', 'somebody'], 'posts', { input: 'hello' });
  await kcat(scene.address, ['-P', '-Z', '-K', ':'], 'posts', { input: 'nobody:\n' });
  await scene.publish(makePosts(0xcc)(10));
  expect(await scene.settle()).toEqual(ALL_WELL);
  const letters = await listDeadLetters(scene.log, scene.store.pool);
  expect(letters.map(({ stage, error }) => `${stage} ${error.reason}`)).toEqual([
    'matcher-text unknown-type',
    'matcher-text unknown-type',
  ]);
});
