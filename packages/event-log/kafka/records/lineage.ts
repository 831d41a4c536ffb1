import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { epochEndRequest, tellsEpochEnds } from '../wire/epoch-end.ts';
import { sendRequest } from '../wire/send-request.ts';
import { type Fetched } from './fetch-records.ts';

/** The place up to which a partition was read, and the leader's epoch of its last batch. */
interface Read {
  readonly next: bigint;
  readonly epoch: number;
}

/**
 * Notices that a log was cut back under its reader: an election that was not clean made a leader of a broker that lacked records,
 * and others came in their place. Records of a new leader are the occasion to ask it where the epoch before ended.
 */
export function createLineage(cluster: Pick<KafkaCluster, 'ask'>) {
  const read = new Map<string, Read>();

  return {
    /**
     * Checks that what was fetched continues what was read before.
     *
     * @returns the offset from which on the log holds other records than were read; null where it holds the same
     */
    async cutAt(nodeId: string, { epochs, from, next, ...place }: Fetched): Promise<bigint | null> {
      if (epochs === null) return null;
      const before = read.get(partitionName(place));
      if (before?.next === from && before.epoch < epochs.first) {
        const request = epochEndRequest(place, before.epoch);
        const end = await cluster.ask(nodeId, (broker) =>
          tellsEpochEnds(broker) ? sendRequest(broker, request) : Promise.resolve(null),
        );
        if (end !== null && end < from) return end;
      }
      read.set(partitionName(place), { next, epoch: epochs.last });
      return null;
    },
    /** Begins anew in a partition. */
    forget(partition: TopicPartition): void {
      read.delete(partitionName(partition));
    },
  };
}

export type Lineage = ReturnType<typeof createLineage>;
