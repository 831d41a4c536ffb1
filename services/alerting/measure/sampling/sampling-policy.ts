import { type Tier } from '@leakwatch/contracts';
import { tierDefinition, type ReviewPolicy, type Ruleset } from '@leakwatch/tier-rules';

export interface SamplingSettings {
  /** A secret: with it one can tell which posts are drawn. */
  readonly seed: string;
  /**
   * The share drawn of every creator's posts. It leaves no post out of reach; without it recall could not be estimated.
   */
  readonly uniformShare: number;
}

/** The probabilities of review, whether or not posts raise an alert. */
export interface SamplingPolicy extends SamplingSettings {
  readonly reviewOf: (tier: Tier) => ReviewPolicy;
}

/** Combines the uniform share with the ruleset's demands per tier. */
export function samplingPolicy(ruleset: Ruleset, settings: SamplingSettings): SamplingPolicy {
  return { ...settings, reviewOf: (tier) => tierDefinition(ruleset, tier).review };
}
