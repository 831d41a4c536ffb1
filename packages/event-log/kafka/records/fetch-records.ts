import { type LogRecord } from '../../port/event-log.ts';
import { type Head, type TopicPartition } from '../../adapter/log-source.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { type DecodedBatch, decodeRecordBatches } from '../wire/decode-record-batches.ts';
import { fetchRequest, type PartitionAnswer } from '../wire/fetch.ts';
import { sendRequest } from '../wire/send-request.ts';

export interface Want extends TopicPartition {
  readonly from: bigint;
}

/** A broker's answer for one partition, decoded. */
export interface Fetched extends Want, Head {
  readonly records: readonly LogRecord[];
  /** Where to fetch next: past the last record, and past offsets without a record for readers. */
  readonly next: bigint;
  readonly bytes: number;
  /** The epochs of the leaders that took the first and the last batch; null without a batch. */
  readonly epochs: { readonly first: number; readonly last: number } | null;
}

export interface FetchLimits {
  /** How long the broker waits for new records. */
  readonly maxWaitMs: number;
  /** The most bytes of one partition. A larger batch comes all the same. */
  readonly partitionBytes: number;
}

const FETCH_BYTES = 10_000_000;

/**
 * Fetches once from one broker, partitions that it leads.
 *
 * @throws EventLogError `offset-trimmed` where one of them begins before what is kept
 */
export async function fetchRecords(
  cluster: KafkaCluster,
  nodeId: string,
  wants: readonly Want[],
  { maxWaitMs, partitionBytes }: FetchLimits,
): Promise<Fetched[]> {
  const request = fetchRequest(
    wants.map((want) => ({ ...want, maxBytes: partitionBytes })),
    { maxWaitMs, maxBytes: FETCH_BYTES },
  );
  const answers = await cluster.ask(nodeId, (broker) => sendRequest(broker, request));
  return answers.flatMap((given) => {
    const want = wants.find(({ topic, partition }) => topic === given.topic && partition === given.partition);
    return want === undefined ? [] : [fetchedOf(want, given)];
  });
}

function fetchedOf(want: Want, answer: PartitionAnswer): Fetched {
  const { topic, partition, from } = want;
  const batches = decodeRecordBatches(answer.records, want, from);
  const [first] = batches;
  const last = batches.at(-1);
  const past = last === undefined ? from : last.lastOffset + 1n;
  const records = [...committed(batches, answer)];
  return {
    topic,
    partition,
    from,
    records,
    bytes: records.reduce((sum, { value }) => sum + value.byteLength, 0),
    next: past > from ? past : from,
    epochs:
      first === undefined || last === undefined ? null : { first: first.leaderEpoch, last: last.leaderEpoch },
    start: answer.logStartOffset,
    end: answer.lastStableOffset,
  };
}

/**
 * Leaves out control records, and records of aborted transactions. leakwatch makes no transactions, but other
 * producers of a topic may. An aborted transaction ends with its control record.
 */
function* committed(
  batches: readonly DecodedBatch[],
  { abortedTransactions }: Pick<PartitionAnswer, 'abortedTransactions'>,
): Generator<LogRecord> {
  const pending = abortedTransactions.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborted = new Set<bigint>();
  for (const { firstOffset, producerId, isControl, isInTransaction, records } of batches) {
    for (let next = pending[0]; next !== undefined && next.firstOffset <= firstOffset; next = pending[0]) {
      aborted.add(next.producerId);
      pending.shift();
    }
    if (isControl) aborted.delete(producerId);
    else if (!isInTransaction || !aborted.has(producerId)) yield* records;
  }
}
