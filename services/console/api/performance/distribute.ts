import { type AlertOutcome, type SampleOutcome } from '@leakwatch/alerting/measure';
import { type Performance } from '../schemas/index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Upper bounds; the promise is one of them. */
const BOUNDS_MS = [
  SECOND_MS,
  10 * SECOND_MS,
  MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
  DAY_MS,
  null,
] as const;

/** Incidents that count for detection latency. */
export function detected(outcomes: readonly AlertOutcome[]): AlertOutcome[] {
  return outcomes.filter(({ verdict, duplicate }) => !duplicate && (verdict ?? 'confirmed') === 'confirmed');
}

/** Counts latencies by how long they are. */
export function distributeLatency(outcomes: readonly AlertOutcome[]): Performance['latencies'] {
  return BOUNDS_MS.map((upToMs, index) => {
    const fromMs = BOUNDS_MS[index - 1] ?? -Infinity;
    const count = detected(outcomes).filter(
      ({ detectionLatencyMs }) => detectionLatencyMs > fromMs && detectionLatencyMs <= (upToMs ?? Infinity),
    ).length;
    return { upToMs, count };
  });
}

/** Sums up the work of each week: incidents and minutes of review. Weeks begin on Monday, UTC. */
export function workloadByWeek(
  outcomes: readonly AlertOutcome[],
  samples: readonly SampleOutcome[],
  creators: number,
): Performance['series']['workload'] {
  const weeks = new Map<string, { incidents: number; minutes: number }>();
  const weekOf = (at: Date) => {
    const day = (at.getUTCDay() + 6) % 7;
    const key = new Date(at.getTime() - day * DAY_MS).toISOString().slice(0, 10);
    const week = weeks.get(key) ?? { incidents: 0, minutes: 0 };
    weeks.set(key, week);
    return week;
  };
  for (const { openedAt } of outcomes) weekOf(openedAt).incidents += 1;
  for (const { reviewedAt, minutes } of samples) {
    if (reviewedAt !== null) weekOf(reviewedAt).minutes += minutes ?? 0;
  }
  return [...weeks]
    .map(([week, { incidents, minutes }]) => ({
      week,
      incidents,
      minutes,
      incidentsPerCreator: creators === 0 ? null : incidents / creators,
      minutesPerCreator: creators === 0 ? null : minutes / creators,
    }))
    .toSorted((one, other) => (one.week < other.week ? -1 : 1));
}
