import { z } from 'zod';
import { type Offsets } from '../../port/event-log.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { toEventLogError } from '../cluster/kafka-errors.ts';

const OffsetFetchAnswer = z.object({
  responses: z.array(
    z.object({
      topic: z.string(),
      partitions: z.array(
        z.object({
          partition: z.int(),
          offset: z.string().transform((digits) => BigInt(digits)),
          metadata: z.string().nullable(),
        }),
      ),
    }),
  ),
});

/** A place that a group has committed. */
export interface Committed {
  readonly offset: bigint;
  /** The id of the topic that the group had read; null where the member that committed did not know it. */
  readonly topicId: string | null;
}

/** A group's committed offsets of a topic. Partitions without a commit are absent. */
export async function readCommitted(cluster: KafkaCluster, group: string, topic: string): Promise<Offsets> {
  const places = await readCommittedPlaces(cluster, group, topic);
  return new Map([...places].map(([partition, { offset }]) => [partition, offset]));
}

/** The same, each with the topic that it belongs to. */
export async function readCommittedPlaces(
  cluster: KafkaCluster,
  group: string,
  topic: string,
): Promise<ReadonlyMap<number, Committed>> {
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
        .map(({ partition, offset, metadata }) => [
          partition,
          { offset, topicId: metadata === null || metadata === '' ? null : metadata },
        ]),
    );
  } catch (error) {
    throw toEventLogError(error);
  }
}
