/** How often those who give verdicts are right. */
export interface Judge {
  /** Of what is so, the share that they call so. */
  readonly sensitivity: number;
  /** Of what is not so, the share that they call not so. */
  readonly specificity: number;
}

/** Takes every verdict for the truth. */
export const FAULTLESS: Judge = { sensitivity: 1, specificity: 1 };

/**
 * What of a share of verdicts is so, given how often the judge errs (W. J. Rogan, B. Gladen, Am. J. Epidemiol. 107, 1978,
 * 71–76): (share − (1 − specificity)) / (sensitivity + specificity − 1), kept between 0 and 1.
 *
 * @throws RangeError for a judge who is no better than a coin
 */
export function correctedShare(share: number, judge: Judge): number {
  return Math.min(1, Math.max(0, (share - (1 - judge.specificity)) / worthOf(judge)));
}

/** Youden's index: 1 of a judge without fault, 0 of a coin. */
export function worthOf({ sensitivity, specificity }: Judge): number {
  const worth = sensitivity + specificity - 1;
  if (!(worth > 0)) throw new RangeError('verdicts of a judge who is no better than a coin say nothing');
  return worth;
}
