import { countOpenAlerts } from '@leakwatch/alerting/incidents';
import { countCoverageByTier, loadCanaryState } from '@leakwatch/alerting/measure';
import { type CreatorCoverage, type Lane, type Severity, type Tier } from '@leakwatch/contracts';
import { deadLetterDepth } from '@leakwatch/event-log';
import { countRescanJobs, listRescanJobs, loadLastRescan } from '@leakwatch/rescan';
import { type Metrics } from '@leakwatch/runtime';
import { type WatchListAge } from '@leakwatch/store';
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
  const oldest = new Map<Severity, Date>();
  for (const { tier, severity, state, count, waitingSince } of counts) {
    metrics.alertsOpen.set({ tier: String(tier), severity, state }, count);
    const known = oldest.get(severity);
    if (waitingSince !== null && (known === undefined || waitingSince < known)) {
      oldest.set(severity, waitingSince);
    }
  }
  metrics.oldestUnackedAlert.reset();
  for (const [severity, since] of oldest) {
    metrics.oldestUnackedAlert.set({ severity }, since.getTime() / 1000);
  }
}

export async function fillDeadLetterGauges({ store, log }: Environment, metrics: Metrics): Promise<void> {
  const depths = await deadLetterDepth(log, store.pool);
  metrics.deadLetterDepth.reset();
  for (const [stage, depth] of depths) metrics.deadLetterDepth.set({ stage }, depth);
}

const MOST_JOBS = 1000;

export async function fillRescanGauges({ store }: Environment, metrics: Metrics): Promise<void> {
  const last = await loadLastRescan(store.pool);
  if (last !== null) metrics.rescanLastSuccess.set(last.getTime() / 1000);
  metrics.rescanJobs.reset();
  for (const { state, jobs } of await countRescanJobs(store.pool)) metrics.rescanJobs.set({ state }, jobs);
  const running = await listRescanJobs(store.pool, { state: 'running', limit: MOST_JOBS });
  // Jobs of one pass read the same: it counts once.
  const left = new Map(running.map(({ passId, progress }) => [passId, progress.total - progress.done]));
  metrics.rescanLeft.set([...left.values()].reduce((sum, records) => sum + records, 0));
}

/** @param age - of what these lanes match against; without a watch list there is nothing to be old */
export function fillWatchListGauges(metrics: Metrics, lanes: readonly Lane[], age: WatchListAge): void {
  for (const lane of lanes) {
    metrics.watchListBehind.set({ lane }, age.behindSeconds);
    if (age.ageSeconds !== null) metrics.watchListAge.set({ lane }, age.ageSeconds);
  }
}

/** From the table and not as it comes: a process that was started just now knows of the last one, too. */
export async function fillCanaryGauges({ store }: Environment, metrics: Metrics): Promise<void> {
  for (const { lane, lastArrivedAt } of await loadCanaryState(store.pool)) {
    if (lastArrivedAt !== null) metrics.canaryLastSuccess.set({ lane }, lastArrivedAt.getTime() / 1000);
  }
}

const TIERS: readonly Tier[] = [1, 2, 3, 4, 5];

/** Every tier is told of, the empty ones too: a share of nothing is no alarm. */
export function fillCoverageGauges(coverage: readonly CreatorCoverage[], metrics: Metrics): void {
  const counts = countCoverageByTier(coverage);
  for (const tier of TIERS) {
    const { registered, fresh } = counts.get(tier) ?? { registered: 0, fresh: 0 };
    metrics.creatorsExpected.set({ tier: String(tier) }, registered);
    metrics.creatorsFresh.set({ tier: String(tier) }, fresh);
  }
}
