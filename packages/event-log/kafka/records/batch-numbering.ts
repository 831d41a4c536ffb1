import { type Broker } from 'kafkajs';
import { z } from 'zod';
import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';

/** Who sends, and the number of the next record in each partition, as Kafka's idempotent producers count them. */
export interface BatchNumbering {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** The number of the first record of the next batch for a partition. */
  first(partition: TopicPartition): number;
  /** So many records have been acknowledged. */
  advance(partition: TopicPartition, records: number): void;
}

/** A request that kafkajs has and doesn't declare. */
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

/** Numbers are 31 bits long and begin again at 0. */
const NUMBERS = 2 ** 31;

/**
 * Gets a producer id of its own from a broker. Batches are numbered with it, so that a broker that gets one twice (its answer was
 * lost, or another partition's part of the request failed) keeps it once. No transactions.
 */
export async function startNumbering(broker: Broker): Promise<BatchNumbering> {
  if (!hasNumberingRequest(broker)) throw new TypeError('this kafkajs has no request for producer ids');
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

/** What a broker says that doesn't know a numbering, or has lost track of it: a new one is needed. */
export const NUMBERING_ERRORS: ReadonlySet<string> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);
