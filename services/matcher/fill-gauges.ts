import { type Lane } from '@leakwatch/contracts';
import { lagOf, type EventLog } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';
import { type WatchListAge } from '@leakwatch/store';

/** Fills the matcher's gauges. Without a watch list no age is set. */
export async function fillMatcherGauges(
  { log, metrics }: { readonly log: EventLog; readonly metrics: Metrics },
  lanes: readonly Lane[],
  loadAge: () => Promise<WatchListAge>,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      const group = `matcher-${lane}`;
      metrics.consumerLag.set({ group }, await lagOf(log, 'posts', group));
    }),
  );
  const { behindSeconds, ageSeconds } = await loadAge();
  for (const lane of lanes) {
    metrics.watchListBehind.set({ lane }, behindSeconds);
    if (ageSeconds !== null) metrics.watchListAge.set({ lane }, ageSeconds);
  }
}
