import { z } from 'zod';
import { type Offsets } from '../../port/event-log.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { toEventLogError } from '../cluster/kafka-errors.ts';

const OffsetFetchAnswer = z.object({
  responses: z.array(
    z.object({
      topic: z.string(),
      partitions: z.array(
        z.object({ partition: z.int(), offset: z.string().transform((digits) => BigInt(digits)) }),
      ),
    }),
  ),
});

/** A group's committed offsets of a topic. Partitions without a commit are absent. */
export async function readCommitted(cluster: KafkaCluster, group: string, topic: string): Promise<Offsets> {
  const count = await cluster.partitions(topic);
  // kafkajs' type demands an offset for each partition. The request does not carry it.
  const partitions = Array.from({ length: count }, (_, partition) => ({ partition, offset: '-1' }));
  try {
    const answer = OffsetFetchAnswer.parse(
      await cluster.askCoordinator(group, (broker) =>
        broker.offsetFetch({ groupId: group, topics: [{ topic, partitions }] }),
      ),
    );
    const given = answer.responses.flatMap((response) => response.partitions);
    return new Map(
      given
        .filter(({ offset }) => offset >= 0n)
        .toSorted((a, b) => a.partition - b.partition)
        .map(({ partition, offset }) => [partition, offset]),
    );
  } catch (error) {
    throw toEventLogError(error);
  }
}
