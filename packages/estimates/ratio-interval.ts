import { type Interval } from './interval.ts';

/** An estimate and its 95 % interval: low ≤ value ≤ high. */
export interface Estimated extends Interval {
  readonly value: number;
}

/**
 * The interval of a / b from the intervals of two independent, non-negative estimates, by the method of variance estimates
 * recovery (A. Donner, G. Y. Zou, Stat. Methods Med. Res. 21, 2012, 347–359). Its ends are written so that nothing cancels;
 * `high` is infinite where `b` may be 0.
 */
export function ratioInterval(a: Estimated, b: Estimated): Interval {
  const product = a.value * b.value;
  const belowA = a.low * (2 * a.value - a.low);
  const aboveA = a.high * (2 * a.value - a.high);
  const belowB = b.low * (2 * b.value - b.low);
  const aboveB = b.high * (2 * b.value - b.high);
  const down = product + Math.sqrt(Math.max(0, product * product - belowA * aboveB));
  const up = product + Math.sqrt(Math.max(0, product * product - aboveA * belowB));
  return { low: down > 0 ? belowA / down : 0, high: belowB > 0 ? up / belowB : Infinity };
}
