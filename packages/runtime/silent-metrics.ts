import { Counter, Histogram } from 'prom-client';

/** Counts nothing: the baseline for measuring the cost of telemetry. */
export class SilentCounter<L extends string> extends Counter<L> {
  override inc(): void {
    // Counts nothing.
  }
}

/** Observes nothing, and starts no clock. */
export class SilentHistogram<L extends string> extends Histogram<L> {
  override observe(): void {
    // Counts nothing.
  }

  override startTimer(): () => number {
    return () => 0;
  }
}
