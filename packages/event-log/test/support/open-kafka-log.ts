import { z } from 'zod';
import { type EventLog } from '../../port/event-log.ts';
import { createKafkaEventLog, ensureTopics, type KafkaLogOptions } from '../../kafka/index.ts';

/** Short enough that a dead member is missed soon, long enough for a machine that is busy with other things. */
export const TEST_SETTINGS = {
  clientId: 'leakwatch-test',
  sessionTimeoutMs: 3000,
  heartbeatMs: 500,
  rebalanceTimeoutMs: 10_000,
  backOff: { firstMs: 5, longestMs: 50 },
} satisfies Partial<KafkaLogOptions>;

export async function createTestTopic(
  brokers: readonly string[],
  topic: string,
  partitions: number,
  config: Record<string, string> = {},
): Promise<void> {
  await ensureTopics({ brokers, clientId: 'leakwatch-test' }, [
    { topic, partitions, replicationFactor: 1, config },
  ]);
}

/** Opens the log for child-member.ts. */
export function openEventLog(options: unknown): Promise<EventLog> {
  const { brokers } = z.object({ brokers: z.array(z.string()) }).parse(options);
  return createKafkaEventLog({ ...TEST_SETTINGS, brokers, topics: [] });
}
