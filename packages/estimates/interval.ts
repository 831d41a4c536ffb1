/** Bounds of an estimate, or of a share from 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Confidence of every interval here. */
export const CONFIDENCE = 0.95;
/** The 97.5 % quantile of the normal distribution: two-sided 95 %. */
export const Z = 1.959963984540054;
