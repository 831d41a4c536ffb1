export interface Judged<T> {
  readonly one: T;
  /** How many it stands for, itself and its share of those not judged. */
  readonly weight: number;
}

/**
 * Lets those that were judged stand for all: within each class they take over the measure of those that were not, as if chance
 * had chosen which were judged (weighting classes: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, 13.4). A class of which none
 * was judged is taken over by all others.
 *
 * @param measureOf - how many each stands for before that: its weight as drawn, or how many it holds
 */
export function weighJudged<T>(
  all: readonly T[],
  { measureOf, classOf, isJudged }: WeighingOptions<T>,
): Judged<T>[] {
  const classes = new Map<string, { all: number; judged: number }>();
  for (const one of all) {
    const sums = classes.get(classOf(one)) ?? { all: 0, judged: 0 };
    sums.all += measureOf(one);
    if (isJudged(one)) sums.judged += measureOf(one);
    classes.set(classOf(one), sums);
  }
  let total = 0;
  let spokenFor = 0;
  for (const sums of classes.values()) {
    total += sums.all;
    if (sums.judged > 0) spokenFor += sums.all;
  }
  return all.filter(isJudged).flatMap((one) => {
    const sums = classes.get(classOf(one));
    if (sums === undefined || sums.judged === 0) return [];
    return [{ one, weight: measureOf(one) * (sums.all / sums.judged) * (total / spokenFor) }];
  });
}

export interface WeighingOptions<T> {
  readonly measureOf: (one: T) => number;
  readonly classOf: (one: T) => string;
  readonly isJudged: (one: T) => boolean;
}
