import { deadLetterDepth } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';
import { countOpenAlerts, countRescanJobs, listRescanJobs } from '@leakwatch/store';
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

const MOST_JOBS = 1000;

export async function fillRescanGauges({ store }: Environment, metrics: Metrics): Promise<void> {
  metrics.rescanJobs.reset();
  for (const { state, jobs } of await countRescanJobs(store.pool)) metrics.rescanJobs.set({ state }, jobs);
  const running = await listRescanJobs(store.pool, { state: 'running', limit: MOST_JOBS });
  // Jobs of one pass read the same: it counts once.
  const left = new Map(running.map(({ passId, progress }) => [passId, progress.total - progress.done]));
  metrics.rescanLeft.set([...left.values()].reduce((sum, records) => sum + records, 0));
}
