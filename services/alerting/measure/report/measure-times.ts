import { type Report } from '@leakwatch/contracts';
import { percentile, wilsonInterval } from '@leakwatch/estimates';
import { type AlertOutcome } from '../queries/load-alert-outcomes.ts';
import { type SampleOutcome } from '../queries/load-sample-outcomes.ts';

const FOUR_HOURS_MS = 4 * 3_600_000;

/** From publication to discovery: by an alert, live or in a re-scan, or else by whoever reviewed the sample. */
export function measureDetection(
  alerts: readonly AlertOutcome[],
  missed: readonly SampleOutcome[],
): Report['detection'] {
  const taken = alerts
    .filter(({ duplicate, verdict }) => !duplicate && (verdict === null || verdict === 'confirmed'))
    .map(({ detectionLatencyMs }) => Math.max(0, detectionLatencyMs));
  const late = missed.flatMap(({ publishedAt, reviewedAt }) =>
    reviewedAt === null ? [] : [Math.max(0, reviewedAt.getTime() - publishedAt.getTime())],
  );
  const latencies = [...taken, ...late];
  return {
    n: latencies.length,
    latencyMs: percentilesOf(latencies),
    within4h: countShare(latencies, (ms) => ms <= FOUR_HOURS_MS),
  };
}

/** How soon people answered alerts and resolved them. An alert within its deadline is neither in time nor late yet. */
export function measureResponse(alerts: readonly AlertOutcome[], at: Date): Report['response'] {
  const counted = alerts.filter(({ duplicate }) => !duplicate);
  const due = counted.filter(({ answeredAt, answerDueAt }) => answeredAt !== null || answerDueAt <= at);
  const since = ({ openedAt }: AlertOutcome, until: Date | null) =>
    until === null ? [] : [until.getTime() - openedAt.getTime()];
  return {
    inTime: countShare(
      due,
      ({ answeredAt, answerDueAt }) => answeredAt !== null && answeredAt <= answerDueAt,
    ),
    pending: counted.length - due.length,
    answerMs: percentilesOf(counted.flatMap((alert) => since(alert, alert.answeredAt))),
    resolutionMs: percentilesOf(counted.flatMap((alert) => since(alert, alert.resolvedAt))),
  };
}

export function countShare<T>(all: readonly T[], holds: (one: T) => boolean): Report['agreement'] {
  const n = all.length;
  const count = all.filter(holds).length;
  return { n, share: n === 0 ? null : count / n, interval: wilsonInterval(count, n) };
}

function percentilesOf(values: readonly number[]): Report['detection']['latencyMs'] {
  const rising = values.toSorted((a, b) => a - b);
  // Of fewer values it is the greatest of them whatever the others are: that says nothing of one in twenty or in a hundred.
  const proven = (percent: number) =>
    rising.length * (100 - percent) < 100 ? null : percentile(rising, percent);
  return { p50: percentile(rising, 50), p95: proven(95), p99: proven(99) };
}
