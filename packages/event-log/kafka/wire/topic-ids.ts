import { z } from 'zod';
import { type Broker } from 'kafkajs';
import { type ByteReader } from './byte-reader.ts';
import { type WireAnswer, type WireRequest } from './send-request.ts';

/** The id of a topic by its name. A topic that is deleted and made again gets another id. */
export type TopicIds = ReadonlyMap<string, string>;

const METADATA = 3;
/** The first version with ids in which a request can name topics by name alone. Brokers have it since Kafka 2.8. */
const VERSION = 11;
const UUID_BYTES = 16;

const VersionsSchema = z.object({ [METADATA]: z.object({ maxVersion: z.int() }) });

/** Whether a broker tells topics' ids. kafkajs keeps what the broker said of itself, without declaring it. */
export function tellsTopicIds(broker: Broker): boolean {
  const versions = VersionsSchema.safeParse(Reflect.get(broker, 'versions'));
  return versions.success && versions.data[METADATA].maxVersion >= VERSION;
}

/**
 * Metadata, version 11, in which lengths are varints and tagged fields end each structure: [topic id, topic, tags], whether to
 * create topics, whether to list operations, tags. The first byte is the empty tags of the request's head.
 */
export function topicIdsRequest(topics: readonly string[]): WireRequest<TopicIds> {
  const parts: Buffer[] = [Buffer.from([0, topics.length + 1])];
  for (const topic of topics) {
    const name = Buffer.from(topic);
    // A topic's name has at most 249 bytes, so its length takes one byte or two.
    const length = name.length + 1;
    const varint = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
    parts.push(Buffer.alloc(UUID_BYTES), Buffer.from(varint), name, Buffer.from([0]));
  }
  parts.push(Buffer.from([0, 0, 0]));
  return {
    apiKey: METADATA,
    apiVersion: VERSION,
    apiName: 'Metadata',
    payload: Buffer.concat(parts),
    decode: decodeAnswer,
  };
}

/**
 * Tags, throttle time, [node, host, port, rack, tags], cluster, controller, [error, topic, id, is internal, [error, partition,
 * leader, leader epoch, [replica], [replica in sync], [replica offline], tags], operations, tags], tags.
 */
function decodeAnswer(answer: ByteReader): WireAnswer<TopicIds> {
  answer.skipTags();
  const throttleMs = answer.int32();
  answer.compactArray(() => {
    answer.int32();
    answer.compactString();
    answer.int32();
    answer.compactString();
    answer.skipTags();
  });
  answer.compactString();
  answer.int32();
  const topics = answer.compactArray(() => decodeTopic(answer));
  const ids = new Map(topics.filter(({ error }) => error === 0).map(({ topic, id }) => [topic, id]));
  return { told: ids, throttleMs };
}

function decodeTopic(answer: ByteReader): { error: number; topic: string; id: string } {
  const error = answer.int16();
  const topic = answer.compactString();
  const id = answer.take(UUID_BYTES).toString('hex');
  answer.take(1);
  answer.compactArray(() => {
    answer.int16();
    answer.int32();
    answer.int32();
    answer.int32();
    answer.compactArray(() => answer.int32());
    answer.compactArray(() => answer.int32());
    answer.compactArray(() => answer.int32());
    answer.skipTags();
  });
  answer.int32();
  answer.skipTags();
  return { error, topic, id };
}
