import { type CreatorCoverage, type Tier } from '@leakwatch/contracts';
import { deadLetterDepth, lagOf, type EventLog } from '@leakwatch/event-log';
import { groupBy, type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { countOpenAlerts, type OpenAlertCount } from '../incidents/queries/count-open-alerts.ts';
import { countCoverageByTier } from './coverage/count-coverage.ts';
import { HEARING_GROUP } from './hearing/start-hearing.ts';
import { loadCanaryState } from './queries/load-canary-state.ts';

interface Gauges {
  readonly store: Pick<Store, 'pool'>;
  readonly log: EventLog;
  readonly metrics: Metrics;
  /** The group that reads detections. */
  readonly stage: string;
}

/** Fills alerting's gauges from the log and the database, as they are now. */
export async function fillAlertingGauges(
  gauges: Gauges,
  loadCoverage: () => Promise<readonly CreatorCoverage[]>,
): Promise<void> {
  await Promise.all([
    fillLag(gauges, 'detections', gauges.stage),
    fillLag(gauges, 'posts', HEARING_GROUP),
    fillAlerts(gauges),
    loadCoverage().then((coverage) => {
      fillCoverage(gauges, coverage);
    }),
    fillDeadLetters(gauges),
    fillCanary(gauges),
  ]);
}

async function fillLag({ log, metrics }: Gauges, topic: string, group: string): Promise<void> {
  metrics.consumerLag.set({ group }, await lagOf(log, topic, group));
}

async function fillAlerts({ store, metrics }: Gauges): Promise<void> {
  const counts = await countOpenAlerts(store.pool);
  metrics.alertsOpen.reset();
  for (const { tier, severity, state, count } of counts) {
    metrics.alertsOpen.set({ tier: String(tier), severity, state }, count);
  }
  setEarliest(metrics.oldestUnackedAlert, counts, 'waitingSince');
  setEarliest(metrics.unackedAlertDue, counts, 'dueAt');
}

/** Sets the earliest instant of each severity; one without any has no value. */
function setEarliest(
  gauge: Metrics['unackedAlertDue'],
  counts: readonly OpenAlertCount[],
  instant: 'waitingSince' | 'dueAt',
): void {
  gauge.reset();
  for (const [severity, ofIt] of groupBy(counts, (one) => one.severity)) {
    const times = ofIt.flatMap((one) => one[instant]?.getTime() ?? []);
    if (times.length > 0) gauge.set({ severity }, Math.min(...times) / 1000);
  }
}

async function fillDeadLetters({ store, log, metrics }: Gauges): Promise<void> {
  const depths = await deadLetterDepth(log, store.pool);
  metrics.deadLetterDepth.reset();
  for (const [stage, depth] of depths) metrics.deadLetterDepth.set({ stage }, depth);
}

/** Reads the table: a process that has just started knows of the last canary, too. */
async function fillCanary({ store, metrics }: Gauges): Promise<void> {
  for (const { lane, lastArrivedAt } of await loadCanaryState(store.pool)) {
    if (lastArrivedAt !== null) metrics.canaryLastSuccess.set({ lane }, lastArrivedAt.getTime() / 1000);
  }
}

const TIERS: readonly Tier[] = [1, 2, 3, 4, 5];

/** Sets every tier, the empty ones too: a share of nothing raises no alarm. */
function fillCoverage({ metrics }: Gauges, coverage: readonly CreatorCoverage[]): void {
  const counts = countCoverageByTier(coverage);
  for (const tier of TIERS) {
    const { registered, fresh } = counts.get(tier) ?? { registered: 0, fresh: 0 };
    metrics.creatorsExpected.set({ tier: String(tier) }, registered);
    metrics.creatorsFresh.set({ tier: String(tier) }, fresh);
  }
}
