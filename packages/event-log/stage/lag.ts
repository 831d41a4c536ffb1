import { type EventLog } from '../port/event-log.ts';

/** Counts the records of a topic that a group has not committed. */
export async function lagOf(
  log: Pick<EventLog, 'endOffsets' | 'committedOffsets'>,
  topic: string,
  group: string,
): Promise<number> {
  const [ends, committed] = await Promise.all([log.endOffsets(topic), log.committedOffsets(group, topic)]);
  let records = 0n;
  for (const [partition, end] of ends) {
    const done = committed.get(partition) ?? 0n;
    // An offset past the end belongs to a log that is gone: nothing of this one counts as read.
    records += done > end ? end : end - done;
  }
  return Number(records);
}
