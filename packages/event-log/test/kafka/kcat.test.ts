import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { EVENTS, sha256Hex } from '@leakwatch/contracts';
import { itNeeds } from '@leakwatch/runtime/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { readAll, textOf, uniqueName } from '../../contract-tests/harness.ts';
import { decodeEvent, encodeEvent } from '../../events/cloud-events.ts';
import { type EventLog } from '../../port/event-log.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { partitionOf } from '../../port/partitioner.ts';
import { findKafka, openTestKafka, type TestKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

const hasKcat = spawnSync('kcat', ['-V']).status === 0;
const itWithKcat = itNeeds('kcat and a Kafka', hasKcat && findKafka() !== 'none');

/** A line of `kcat -J`. */
const KcatRecord = z.object({
  partition: z.int(),
  key: z.string(),
  headers: z.array(z.string()),
  payload: z.string(),
});

/** kcat lists names and values in turn. */
function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : []));
}

function kcat(args: readonly string[], input?: string): string {
  const done = spawnSync('kcat', args, { encoding: 'utf8', input });
  if (done.status !== 0) throw new Error(`kcat ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

const POST = EVENTS.post.schema.parse({
  schemaVersion: 1,
  id: sha256Hex(Buffer.from('a post')),
  platform: 'mastodon',
  instance: 'social.example',
  nativeId: '1',
  revision: 1,
  op: 'create',
  type: 'post',
  creatorId: 'zoë',
  author: { nativeId: 'z', handle: 'zoe', displayName: 'Zoë', url: null },
  canonicalUrl: null,
  inReplyTo: null,
  repostOf: null,
  text: 'Grüße – 日本 🎬',
  contentRaw: null,
  lang: null,
  links: [],
  tags: [],
  media: [],
  publishedAt: '2026-03-01T12:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  observedAt: '2026-03-01T12:00:01.000Z',
  provenance: {
    connector: 'test',
    transport: 'test',
    cursor: null,
    rawSha256: sha256Hex(Buffer.from('as it came')),
    signature: null,
  },
});

let kafka: TestKafka;
let log: EventLog;
let broker: string;
let topic: string;

beforeAll(async () => {
  kafka = await openTestKafka();
  [broker = ''] = kafka.brokers;
  topic = uniqueName('posts');
  await createTestTopic(kafka.brokers, topic, 3);
  log = await createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [topic] });
});
afterAll(async () => {
  await log.close();
  await kafka.close();
});

/** Whether the JSON Schema that is published for an event accepts a value. */
async function publishedSchema(type: string): Promise<(value: unknown) => boolean> {
  const file = new URL(`../../../contracts/schemas/${type}.schema.json`, import.meta.url);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
  const accepts = ajv.compile(schema);
  return (value) => accepts(value);
}

itWithKcat('an independent client reads CloudEvents whose values the published schemas accept', async () => {
  const time = new Date('2026-03-01T12:00:02Z');
  const event = { id: POST.id, key: POST.creatorId, source: '/leakwatch/ingest', time };
  await log.publish([{ ...encodeEvent(EVENTS.post, POST, event), topic }]);

  const [line = ''] = kcat(['-b', broker, '-t', topic, '-C', '-J', '-e', '-q']).split('\n');
  const { headers, ...record } = KcatRecord.parse(JSON.parse(line));
  expect(record).toMatchObject({ key: 'zoë', partition: partitionOf('zoë', 3) });
  expect(Object.fromEntries(pairs(headers))).toMatchObject({
    ce_specversion: '1.0',
    ce_id: POST.id,
    ce_type: 'leakwatch.post.v1',
    ce_source: '/leakwatch/ingest',
    ce_time: time.toISOString(),
    ce_schemaversion: '1',
    'content-type': 'application/json',
  });
  const accepts = await publishedSchema('leakwatch.post.v1');
  const value = z.record(z.string(), z.unknown()).parse(JSON.parse(record.payload));
  expect(value).toEqual(POST);
  expect(accepts(value)).toBe(true);
  expect(accepts({ ...value, revision: 'first' })).toBe(false);
});

itWithKcat('what an independent client produces is read as it was sent', async () => {
  const before = await log.endOffsets(topic);
  const headers = ['ce_type=leakwatch.post.v1', 'ce_id=from-outside'].flatMap((one) => ['-H', one]);
  kcat(['-b', broker, '-t', topic, '-P', '-k', 'outsider', ...headers], JSON.stringify(POST));
  // Without a key, and without headers.
  kcat(['-b', broker, '-t', topic, '-P'], 'no event at all');

  const records = await readAll(log.replay({ topic, from: before }));
  const event = records.find(({ key }) => key === 'outsider')!;
  expect(event.headers).toEqual({ ce_type: 'leakwatch.post.v1', ce_id: 'from-outside' });
  expect(decodeEvent(event, EVENTS.post)).toEqual(POST);
  const bare = records.find(({ key }) => key === '')!;
  expect({ text: textOf(bare), headers: bare.headers }).toEqual({ text: 'no event at all', headers: {} });
});
