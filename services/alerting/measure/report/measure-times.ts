import { type Report } from '@leakwatch/contracts';
import { percentile, wilsonInterval } from '@leakwatch/estimates';
import { type AlertOutcome } from '../queries/load-alert-outcomes.ts';
import { type SampleOutcome } from '../queries/load-sample-outcomes.ts';

const FOUR_HOURS_MS = 4 * 3_600_000;

/** Measures the time from publication to discovery, by a live alert, a re-scan or the review of a sample. */
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

/** Measures how soon alerts were answered and resolved. An unanswered alert before its deadline counts as pending. */
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
  // With fewer values the percentile would just be the maximum, which says nothing of one in twenty or a hundred.
  const proven = (percent: number) =>
    rising.length * (100 - percent) < 100 ? null : percentile(rising, percent);
  return { p50: percentile(rising, 50), p95: proven(95), p99: proven(99) };
}
