import {
  loadAlertOutcomes,
  loadReport,
  loadSampleOutcomes,
  measureResponse,
  readStanding,
  type AlertOutcome,
  type ReportScope,
} from '@leakwatch/alerting/measure';
import { type Report } from '@leakwatch/contracts';
import { percentile, provenAtLeast, wilsonInterval } from '@leakwatch/estimates';
import { groupBy } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { type ConsoleContext } from '../context.ts';
import { type Performance } from '../schemas/index.ts';
import { detected, distributeLatency, workloadByWeek } from './distribute.ts';
import { countByPlatform, countByViolation, countRecurrence } from './queries/count-incidents.ts';

/** The precision that brands usually agree on, as `leakwatch report` has it. */
const TARGET = 0.8;

/** The figures of `leakwatch report` for the campaigns that the database shows, and series made of the same outcomes. */
export async function loadPerformance(
  db: Queryable,
  scope: ReportScope,
  { store, alerting, names, clock }: ConsoleContext,
): Promise<Performance> {
  const at = clock();
  const standing = await readStanding(store.pool, alerting);
  const [report, outcomes, samples, heat, byPlatform, recurrence] = await Promise.all([
    loadReport(db, { ...standing, scope, reviewers: alerting.reviewers, target: TARGET, at }),
    loadAlertOutcomes(db, scope),
    loadSampleOutcomes(db, scope),
    countByViolation(db, scope),
    countByPlatform(db, scope),
    countRecurrence(db, scope),
  ]);
  const { campaigns } = names();
  const { recall } = report;
  return {
    madeAt: report.madeAt,
    since: report.since,
    until: report.until,
    campaignId: report.campaignId,
    target: report.target,
    precision: report.precision,
    verdictsToGo: verdictsToGo(report),
    recall: {
      estimate: recall.estimate,
      interval: recall.interval,
      proven: recall.proven,
      drawn: recall.drawn,
      reviewed: recall.reviewed,
      missesFound: recall.missesFound,
    },
    detection: report.detection,
    coverage: report.coverage,
    response: report.response,
    review: report.review,
    latencies: distributeLatency(outcomes),
    series: {
      latency: latencyByDay(outcomes),
      alerts: alertsByDay(outcomes),
      workload: workloadByWeek(outcomes, samples, report.coverage.registered),
    },
    recurrence,
    heat,
    byCampaign: countBy(outcomes, ({ campaignId }) => campaigns.get(campaignId)?.name ?? campaignId),
    byNiche: countBy(outcomes, ({ campaignId }) => campaigns.get(campaignId)?.niche ?? ''),
    byPlatform,
    byTier: [...groupBy(outcomes, ({ tier }) => tier)]
      .map(([tier, ofTier]) => {
        const { inTime, answerMs } = measureResponse(ofTier, at);
        return { tier, n: ofTier.length, inTime, answerMs };
      })
      .toSorted((one, other) => other.tier - one.tier),
  };
}

const MOST_TO_GO = 1000;

/** How many right verdicts in a row would prove the target; null if it is proven, or if reviewers are known to err. */
function verdictsToGo({ precision, target, reviewers }: Report): number | null {
  const all = precision.find(({ by }) => by === 'all');
  const { sensitivity, specificity } = reviewers.alerts;
  if (all === undefined || all.proven === 'yes' || sensitivity < 1 || specificity < 1) return null;
  for (let more = 1; more <= MOST_TO_GO; more += 1) {
    const n = all.n + more;
    if (provenAtLeast(target, wilsonInterval(all.right + more, n), n) === 'yes') return more;
  }
  return null;
}

function latencyByDay(outcomes: readonly AlertOutcome[]): Performance['series']['latency'] {
  return [...groupBy(detected(outcomes), ({ openedAt }) => dayOf(openedAt))].map(([day, ofDay]) => {
    const rising = ofDay
      .map(({ detectionLatencyMs }) => Math.max(0, detectionLatencyMs))
      .toSorted((a, b) => a - b);
    return { day, n: rising.length, p50: percentile(rising, 50) ?? 0, p95: percentile(rising, 95) ?? 0 };
  });
}

function countBy(
  outcomes: readonly AlertOutcome[],
  nameOf: (one: AlertOutcome) => string,
): Performance['byCampaign'] {
  return [...groupBy(outcomes, nameOf)].map(([name, ofName]) => ({
    name,
    alerts: ofName.length,
    confirmed: ofName.filter(({ verdict }) => verdict === 'confirmed').length,
  }));
}

function alertsByDay(outcomes: readonly AlertOutcome[]): Performance['series']['alerts'] {
  const opened = groupBy(outcomes, ({ openedAt }) => dayOf(openedAt));
  const resolved = groupBy(
    outcomes.flatMap(({ resolvedAt }) => resolvedAt ?? []),
    dayOf,
  );
  return [...new Set([...opened.keys(), ...resolved.keys()])].toSorted().map((day) => ({
    day,
    opened: opened.get(day)?.length ?? 0,
    resolved: resolved.get(day)?.length ?? 0,
  }));
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
