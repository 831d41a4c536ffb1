import { z } from 'zod';
import { type Broker } from 'kafkajs';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { type ByteReader } from './byte-reader.ts';
import { assertNoError, type WireAnswer, type WireRequest } from './send-request.ts';

const OFFSET_FOR_LEADER_EPOCH = 23;
/** The first version that asks as a client. Brokers have it since Kafka 2.3. */
const VERSION = 3;
const CLIENT = -1;
/** Asks without saying which leader the client knows of. */
const ANY_LEADER = -1;
const UNKNOWN = -1n;

const VersionsSchema = z.object({ [OFFSET_FOR_LEADER_EPOCH]: z.object({ maxVersion: z.int() }) });

/** Whether a broker tells the ends of epochs. kafkajs keeps what the broker said of itself, without declaring it. */
export function tellsEpochEnds(broker: Broker): boolean {
  const versions = VersionsSchema.safeParse(Reflect.get(broker, 'versions'));
  return versions.success && versions.data[OFFSET_FOR_LEADER_EPOCH].maxVersion >= VERSION;
}

/**
 * Asks a partition's leader for the offset after the last record of an epoch, or of the last one before it; null where it knows
 * none. OffsetForLeaderEpoch, version 3: replica, [topic, [partition, current epoch, epoch]].
 */
export function epochEndRequest(
  { topic, partition }: TopicPartition,
  epoch: number,
): WireRequest<bigint | null> {
  const payload = Buffer.alloc(4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4 + 4 + 4);
  let at = payload.writeInt32BE(CLIENT, 0);
  at = payload.writeInt32BE(1, at);
  at = payload.writeInt16BE(Buffer.byteLength(topic), at);
  at += payload.write(topic, at);
  at = payload.writeInt32BE(1, at);
  at = payload.writeInt32BE(partition, at);
  at = payload.writeInt32BE(ANY_LEADER, at);
  payload.writeInt32BE(epoch, at);
  return {
    apiKey: OFFSET_FOR_LEADER_EPOCH,
    apiVersion: VERSION,
    apiName: 'OffsetForLeaderEpoch',
    payload,
    decode: decodeAnswer,
  };
}

/** Throttle time, [topic, [error, partition, epoch, end offset]]. */
function decodeAnswer(answer: ByteReader): WireAnswer<bigint | null> {
  const throttleMs = answer.int32();
  const ends = answer.array(() => {
    answer.string();
    return answer.array(() => {
      assertNoError(answer.int16());
      answer.int32();
      answer.int32();
      return answer.int64();
    });
  });
  const [end = UNKNOWN] = ends.flat();
  return { told: end === UNKNOWN ? null : end, throttleMs };
}
