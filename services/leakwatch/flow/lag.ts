import { type EventLog } from '@leakwatch/event-log';

/** Who works on which topic, in flow order: when the first ones are through, the next ones have all they get. */
export const FLOW: readonly { topic: string; groups: readonly string[] }[] = [
  { topic: 'posts', groups: ['matcher-text', 'matcher-image'] },
  { topic: 'detections', groups: ['alerting'] },
];

/** How many records of a topic a group has not committed. */
export async function lagOf(log: EventLog, topic: string, group: string): Promise<number> {
  const [ends, committed] = await Promise.all([log.endOffsets(topic), log.committedOffsets(group, topic)]);
  let records = 0n;
  for (const [partition, end] of ends) records += end - (committed.get(partition) ?? 0n);
  return Number(records);
}
