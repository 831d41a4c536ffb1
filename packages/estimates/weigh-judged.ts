export interface Judged<T> {
  readonly one: T;
  /** The number that it stands for: itself and its share of those not judged. */
  readonly weight: number;
}

/**
 * Spreads the weight of items without a verdict over the judged ones of their class, as if chance had chosen which were
 * judged (weighting classes: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, 13.4). The weight of a class without any
 * verdict goes to all others.
 *
 * @param measureOf - an item's weight before that: as drawn, or the number of posts that it holds
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
