/** How often reviewers' verdicts are right. */
export interface Judge {
  /** Share of the true ones that they call true. */
  readonly sensitivity: number;
  /** Share of the false ones that they call false. */
  readonly specificity: number;
}

/** Takes every verdict as the truth. */
export const FAULTLESS: Judge = { sensitivity: 1, specificity: 1 };

/**
 * Corrects a share of positive verdicts for the judge's errors (W. J. Rogan, B. Gladen, Am. J. Epidemiol. 107, 1978,
 * 71–76): (share − (1 − specificity)) / (sensitivity + specificity − 1), kept between 0 and 1.
 *
 * @throws RangeError for a judge who is no better than a coin
 */
export function correctedShare(share: number, judge: Judge): number {
  return Math.min(1, Math.max(0, (share - (1 - judge.specificity)) / worthOf(judge)));
}

/** Youden's index: 1 for a perfect judge, 0 for a coin. */
export function worthOf({ sensitivity, specificity }: Judge): number {
  const worth = sensitivity + specificity - 1;
  if (!(worth > 0)) throw new RangeError('verdicts of a judge who is no better than a coin say nothing');
  return worth;
}
