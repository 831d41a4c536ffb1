import { type BackOff, backOffMs, pause } from '@leakwatch/runtime/waiting';
import { type Listener } from '../../adapter/log-source.ts';
import { fetchRecords, type Want } from './fetch-records.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { toEventLogError } from '../cluster/kafka-errors.ts';
import { type RecordBuffer } from './record-buffer.ts';

export interface FeedLimits {
  /** How long a broker waits for something new, with all partitions it leads in one question. */
  readonly maxWaitMs: number;
  /** Bytes of records that are fetched ahead, over all partitions. */
  readonly aheadBytes: number;
}

/** At least, so that a broker's batch fits. */
const PARTITION_BYTES = 1_048_576;
/** How long a feed waits that has nothing to ask for: no partitions, or all of them read far ahead. */
const IDLE_MS = 20;
/** Where something has come, more is on its way: the next question waits a moment, and gets an answer worth its price. */
const GATHER_MS = 5;
const BACK_OFF: BackOff = { firstMs: 100, longestMs: 2000 };

/**
 * Keeps asking the brokers for what comes next in the partitions that a subscription holds, and tells it what came. It only
 * saves time: where it fails, the subscription finds ends and records by asking for them, partition by partition.
 */
export function startRecordFeed(
  cluster: KafkaCluster,
  buffer: RecordBuffer,
  listener: Listener,
  limits: FeedLimits,
): () => void {
  const stop = new AbortController();
  /** Brokers with a question under way. */
  const asked = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();

  /** What is to be fetched now: where the buffer ends, of partitions that are not read far ahead already. */
  function wanted(): { wants: Want[]; areAll: boolean } {
    const positions = listener.positions();
    buffer.keepOnly(positions);
    const most = Math.max(PARTITION_BYTES, limits.aheadBytes / Math.max(positions.length, 1));
    const open = positions.filter((one) => buffer.bytes(one) < most);
    return {
      wants: open.map(({ topic, partition, position }) => ({
        topic,
        partition,
        from: buffer.next({ topic, partition }, position),
      })),
      areAll: open.length > 0 && open.length === positions.length,
    };
  }

  async function ask(nodeId: string, wants: readonly Want[]): Promise<void> {
    const answers = await fetchRecords(cluster, nodeId, wants, {
      maxWaitMs: limits.maxWaitMs,
      partitionBytes: PARTITION_BYTES,
    });
    if (stop.signal.aborted) return;
    for (const answer of answers) if (answer.next > answer.from) buffer.put(answer);
    listener.onRecords(answers);
    if (answers.some((answer) => answer.records.length > 0)) await pause(GATHER_MS);
  }

  /** Each broker has its own pace: one that waits for something new must not hold up the others. */
  async function askAll(): Promise<void> {
    const { wants, areAll } = wanted();
    for (const [nodeId, ofLeader] of await cluster.byLeader(wants)) {
      if (asked.has(nodeId)) continue;
      const answer = guarded(nodeId, () => ask(nodeId, ofLeader));
      asked.set(
        nodeId,
        answer.finally(() => asked.delete(nodeId)),
      );
    }
    await Promise.race([...asked.values(), ...(areAll ? [] : [pause(IDLE_MS)])]);
  }

  /** Runs a step; when it fails, says so and waits, longer each time. */
  async function guarded(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
      failures.delete(what);
    } catch (error) {
      if (stop.signal.aborted) return;
      const cause = toEventLogError(error);
      // The subscription reports what was trimmed unread, with the offsets, when it looks closer.
      if (cause.code === 'offset-trimmed') listener.onRecords();
      else listener.onError(cause);
      const inARow = (failures.get(what) ?? 0) + 1;
      failures.set(what, inARow);
      await pause(backOffMs(BACK_OFF, inARow));
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) await guarded('leaders', askAll);
  }

  void run();
  return () => stop.abort();
}
