import { deadLetterDepth } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';
import { countOpenAlerts } from '@leakwatch/store';
import { type Environment } from './environment.ts';
import { lagOf } from './flow/lag.ts';

/** Gauges that are read from the store and the log at the moment they are asked for. */
export async function fillLagGauge(
  { log }: Environment,
  metrics: Metrics,
  { topic, group }: { topic: string; group: string },
): Promise<void> {
  metrics.consumerLag.set({ group }, await lagOf(log, topic, group));
}

export async function fillAlertGauges({ store }: Environment, metrics: Metrics): Promise<void> {
  const counts = await countOpenAlerts(store.pool);
  metrics.alertsOpen.reset();
  for (const { tier, severity, state, count } of counts) {
    metrics.alertsOpen.set({ tier: String(tier), severity, state }, count);
  }
}

export async function fillDeadLetterGauges({ store, log }: Environment, metrics: Metrics): Promise<void> {
  const depths = await deadLetterDepth(log, store.pool);
  metrics.deadLetterDepth.reset();
  for (const [stage, depth] of depths) metrics.deadLetterDepth.set({ stage }, depth);
}
