import { type Broker } from 'kafkajs';
import { z } from 'zod';
import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';

/** The producer id, and the number of the next record in each partition, as Kafka's idempotent producers count. */
export interface BatchNumbering {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** The number of the first record of the next batch for a partition. */
  first(partition: TopicPartition): number;
  /** Notes that the brokers acknowledged this many records. */
  advance(partition: TopicPartition, records: number): void;
}

/** A request that kafkajs has without declaring it. */
interface NumberingRequest {
  initProducerId(request: { transactionTimeout: number }): Promise<unknown>;
}

function hasNumberingRequest(broker: object): broker is NumberingRequest {
  return typeof Reflect.get(broker, 'initProducerId') === 'function';
}

const Answer = z.object({
  producerId: z
    .string()
    .transform((digits) => Number(digits))
    .pipe(z.int()),
  producerEpoch: z.int(),
});

/** Numbers have 31 bits and start again at 0. */
const NUMBERS = 2 ** 31;

/**
 * Gets a producer id from a broker, for idempotent batches without transactions. A broker keeps a numbered batch
 * once, even when it arrives twice because the answer was lost.
 */
export async function startNumbering(broker: Broker): Promise<BatchNumbering> {
  if (!hasNumberingRequest(broker))
    throw new TypeError('this version of kafkajs has no request for producer ids');
  const { producerId, producerEpoch } = Answer.parse(await broker.initProducerId({ transactionTimeout: 0 }));
  const next = new Map<string, number>();
  const first = (partition: TopicPartition) => next.get(partitionName(partition)) ?? 0;
  return {
    producerId,
    producerEpoch,
    first,
    advance(partition, records) {
      next.set(partitionName(partition), (first(partition) + records) % NUMBERS);
    },
  };
}

/** Answers of a broker that does not know the numbering, or has lost track of it: start a new one. */
export const NUMBERING_ERRORS: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);
