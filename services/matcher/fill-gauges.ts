import { type Lane } from '@leakwatch/contracts';
import { lagOf, type EventLog } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';
import { type Queryable, type WatchListAge } from '@leakwatch/store';
import { loadWaitingCanary } from './queries/load-waiting-canary.ts';
import { countLater } from './queries/records-later.ts';

export interface GaugeTools {
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly store: { readonly pool: Queryable };
}

/** Fills the matcher's gauges. Without a watch list no age is set. */
export async function fillMatcherGauges(
  { log, metrics, store: { pool } }: GaugeTools,
  lanes: readonly Lane[],
  loadAge: () => Promise<WatchListAge>,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      const group = `matcher-${lane}`;
      metrics.consumerLag.set({ group }, await lagOf(log, 'posts', group));
      metrics.canaryWaiting.set({ lane }, await loadWaitingCanary(pool, lane));
      const later = await countLater(pool, group);
      metrics.postponedRecords.set({ stage: group }, later.records);
      metrics.postponedOldest.set({ stage: group }, later.oldestSeconds);
    }),
  );
  const { behindSeconds, ageSeconds } = await loadAge();
  for (const lane of lanes) {
    metrics.watchListBehind.set({ lane }, behindSeconds);
    if (ageSeconds !== null) metrics.watchListAge.set({ lane }, ageSeconds);
  }
}

/** A canary takes less than a second, and the next one is sent after a minute. */
const CANARY_LATE_S = 45;

/** @throws Error if a lane has work, and its canary has waited for long */
export async function assertCanariesPass(
  { log, store: { pool } }: Omit<GaugeTools, 'metrics'>,
  lanes: readonly Lane[],
): Promise<void> {
  for (const lane of lanes) {
    const seconds = await loadWaitingCanary(pool, lane);
    // Without work of its own the lane is not what the canary waits for.
    if (seconds <= CANARY_LATE_S || (await lagOf(log, 'posts', `matcher-${lane}`)) <= 0) continue;
    throw new Error(`the ${lane} lane is behind: its canary has waited for ${Math.round(seconds)} s`);
  }
}
