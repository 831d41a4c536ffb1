export interface Sample {
  /** Time since the first sample. */
  readonly seconds: number;
  readonly mib: number;
}

/** Least-squares slope through the samples, in MiB an hour. */
export function slopePerHour(samples: readonly Sample[]): number {
  const mean = (pick: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const time = mean(({ seconds }) => seconds);
  const memory = mean(({ mib }) => mib);
  const covariance = mean(({ seconds, mib }) => (seconds - time) * (mib - memory));
  const variance = mean(({ seconds }) => (seconds - time) ** 2);
  return (covariance / variance) * 3600;
}
