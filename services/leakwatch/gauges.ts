import { deadLetterDepth } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';
import { countOpenAlerts } from '@leakwatch/store';
import { type Environment } from './environment.ts';
import { FLOW, lagOf } from './flow/lag.ts';

/** Fills the gauges that are read from the store and the log at the moment they are asked for. */
export async function fillGauges({ store, log }: Environment, metrics: Metrics): Promise<void> {
  await Promise.all([
    ...FLOW.flatMap(({ topic, groups }) =>
      groups.map(async (group) => {
        metrics.consumerLag.set({ group }, await lagOf(log, topic, group));
      }),
    ),
    fillAlertGauges(store, metrics),
    fillDeadLetterGauges({ store, log }, metrics),
  ]);
}

async function fillAlertGauges(store: Environment['store'], metrics: Metrics): Promise<void> {
  const counts = await countOpenAlerts(store.pool);
  metrics.alertsOpen.reset();
  for (const { tier, severity, state, count } of counts) {
    metrics.alertsOpen.set({ tier: String(tier), severity, state }, count);
  }
}

async function fillDeadLetterGauges(
  { store, log }: Pick<Environment, 'store' | 'log'>,
  metrics: Metrics,
): Promise<void> {
  const depths = await deadLetterDepth(log, store.pool);
  metrics.deadLetterDepth.reset();
  for (const [stage, depth] of depths) metrics.deadLetterDepth.set({ stage }, depth);
}
