import { Counter, Histogram } from 'prom-client';

/** Counts nothing: what a process without telemetry is measured against. */
export class SilentCounter<L extends string> extends Counter<L> {
  override inc(): void {
    // Nobody asks.
  }
}

/** Observes nothing, and starts no clock. */
export class SilentHistogram<L extends string> extends Histogram<L> {
  override observe(): void {
    // Nobody asks.
  }

  override startTimer(): () => number {
    return () => 0;
  }
}
