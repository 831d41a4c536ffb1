import { CANARY_CAMPAIGN_ID, type AlertEvent } from '@leakwatch/contracts';
import { type Metrics } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { noteCanaryArrivals, type CanaryArrival } from '../queries/note-canary-arrivals.ts';

/** Marks the canaries among these published events as arrived. */
export function concludeCanaries(tx: Queryable, events: readonly AlertEvent[]): Promise<CanaryArrival[]> {
  const arrived = events.flatMap(({ alert }) => {
    const detection = alert.occurrences[0]?.detection;
    if (alert.campaignId !== CANARY_CAMPAIGN_ID || detection === undefined) return [];
    return [{ alertId: alert.id, postId: detection.post.id, lane: detection.lane }];
  });
  return noteCanaryArrivals(tx, arrived);
}

/** Counts what was committed. */
export function countCanaries(metrics: Metrics, arrivals: readonly CanaryArrival[]): void {
  for (const { lane, seconds } of arrivals) metrics.canaryLatency.observe({ lane }, seconds);
}
