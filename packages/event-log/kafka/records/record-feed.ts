import { type BackOff, backOffMs, pause } from '@leakwatch/runtime/waiting';
import { type Head, type Listener } from '../../adapter/log-source.ts';
import { fetchRecords, type Want } from './fetch-records.ts';
import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { toEventLogError } from '../cluster/kafka-errors.ts';
import { type Lineage } from './lineage.ts';
import { type RecordBuffer } from './record-buffer.ts';

export interface FeedLimits {
  /** How long a broker waits for new records. One request asks for all partitions that it leads. */
  readonly maxWaitMs: number;
  /** The most bytes that are fetched ahead, over all partitions. */
  readonly aheadBytes: number;
}

/** The least bytes per partition, so that a whole batch fits. */
const PARTITION_BYTES = 1_048_576;
/** The rest of a feed without anything to fetch: no partitions, or all of them buffered far ahead. */
const IDLE_MS = 20;
/** The rest after records came. More are on their way, and a fuller answer is worth its price. */
const GATHER_MS = 5;
const BACK_OFF: BackOff = { firstMs: 100, longestMs: 2000 };

/**
 * Keeps fetching the next records of the held partitions into the buffer, and tells the subscription. The feed
 * only saves time: without it the subscription finds ends and records by itself.
 */
export function startRecordFeed(
  cluster: KafkaCluster,
  buffer: RecordBuffer,
  lineage: Lineage,
  listener: Listener,
  limits: FeedLimits,
): () => void {
  const stop = new AbortController();
  /** Brokers with a fetch under way. */
  const asked = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();

  /** The fetches to make now: from the end of the buffer, for partitions that are not buffered far ahead. */
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
    // All are asked before any is taken: what one leader fails to tell must not hide what another told.
    const cuts: (bigint | null)[] = [];
    for (const answer of answers) cuts.push(await lineage.cutAt(nodeId, answer));
    if (stop.signal.aborted) return;
    const heads = answers.map((answer, n): Head => {
      const cutAt = cuts[n] ?? null;
      if (cutAt !== null) {
        buffer.drop(answer);
        lineage.forget(answer);
        return { ...answer, cutAt };
      }
      if (answer.next > answer.from) buffer.put(answer);
      return answer;
    });
    listener.onRecords(heads);
    if (answers.some((answer) => answer.records.length > 0)) await pause(GATHER_MS);
  }

  /** Asks each broker at its own pace: one that waits for new records must not hold up the others. */
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

  /** Runs a step. Reports a failure and rests, longer each time. */
  async function guarded(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
      failures.delete(what);
    } catch (error) {
      if (stop.signal.aborted) return;
      const cause = toEventLogError(error);
      // The subscription looks for itself, and reports the trimmed offsets.
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
