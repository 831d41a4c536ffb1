import { setTimeout as sleep } from 'node:timers/promises';
import { lagOf, type EventLog } from '@leakwatch/event-log';

const LOOK_MS = 20;

/** Number of records that a topic has received. */
export async function recordsIn(log: EventLog, topic: string): Promise<number> {
  const ends = await log.endOffsets(topic);
  return Number([...ends.values()].reduce((sum, end) => sum + end, 0n));
}

/** Waits until a topic has so many records and the groups have committed all of them. */
export async function untilThrough(
  log: EventLog,
  topic: string,
  records: number,
  groups: readonly string[],
): Promise<void> {
  while ((await recordsIn(log, topic)) < records) await sleep(LOOK_MS);
  for (const group of groups) {
    while ((await lagOf(log, topic, group)) > 0) await sleep(LOOK_MS);
  }
}
