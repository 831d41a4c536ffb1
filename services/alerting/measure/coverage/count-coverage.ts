import { type CoverageState, type CreatorCoverage, type Tier } from '@leakwatch/contracts';

export interface CoverageCount extends Readonly<Record<CoverageState, number>> {
  readonly registered: number;
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
    awaited: coverage.filter(({ awaitsFirstPost }) => awaitsFirstPost).length,
  };
}

/** Counts by tier; tiers without creators are absent. */
export function countCoverageByTier(coverage: readonly CreatorCoverage[]): ReadonlyMap<Tier, CoverageCount> {
  const tiers = [...new Set(coverage.map(({ tier }) => tier))].toSorted((a, b) => a - b);
  return new Map(tiers.map((tier) => [tier, countCoverage(coverage.filter((one) => one.tier === tier))]));
}
