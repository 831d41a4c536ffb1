import { type CoverageState, type CreatorCoverage, type Tier } from '@leakwatch/contracts';

export interface CoverageCount extends Readonly<Record<CoverageState, number>> {
  readonly registered: number;
}

interface TierCoverageCount extends CoverageCount {
  /** Those that are not fresh because nothing of them has come yet. */
  readonly awaited: number;
}

/** Counts the creators in each state; everybody is in one of them. */
export function countCoverage(coverage: readonly CreatorCoverage[]): CoverageCount {
  const count = (state: CoverageState) => coverage.filter((one) => one.state === state).length;
  return {
    registered: coverage.length,
    fresh: count('fresh'),
    stale: count('stale'),
    uncollectable: count('uncollectable'),
  };
}

/** Counts by tier; tiers without creators are absent. */
export function countCoverageByTier(
  coverage: readonly CreatorCoverage[],
): ReadonlyMap<Tier, TierCoverageCount> {
  const tiers = [...new Set(coverage.map(({ tier }) => tier))].toSorted((a, b) => a - b);
  return new Map(
    tiers.map((tier) => {
      const own = coverage.filter((one) => one.tier === tier);
      const awaited = own.filter(({ awaitsFirstPost }) => awaitsFirstPost).length;
      return [tier, { ...countCoverage(own), awaited }];
    }),
  );
}
