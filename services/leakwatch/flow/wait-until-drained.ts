import { setTimeout as sleep } from 'node:timers/promises';
import { lagOf, type EventLog } from '@leakwatch/event-log';
import { FLOW } from './flow.ts';

/** Waits until every record in the log is processed. `onLag` gets the number of records left. */
export async function waitUntilDrained(
  log: EventLog,
  options: { signal: AbortSignal; onLag?: (records: number) => void },
): Promise<void> {
  for (const { topic, groups } of FLOW) {
    for (;;) {
      const lags = await Promise.all(groups.map((group) => lagOf(log, topic, group)));
      const most = Math.max(...lags);
      if (most === 0) break;
      options.onLag?.(most);
      await sleep(50, undefined, { signal: options.signal });
    }
  }
}
