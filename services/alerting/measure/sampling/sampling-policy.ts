import { type Tier } from '@leakwatch/contracts';
import { tierDefinition, type ReviewPolicy, type Ruleset } from '@leakwatch/tier-rules';

export interface SamplingSettings {
  /** Whoever knows it can tell which posts are drawn. */
  readonly seed: string;
  /** Share of every creator's posts, so that no post is out of reach: without it recall could not be estimated. */
  readonly uniformShare: number;
}

/** How closely people look at posts, whether or not they raise an alert. */
export interface SamplingPolicy extends SamplingSettings {
  readonly reviewOf: (tier: Tier) => ReviewPolicy;
}

/** Beside the uniform share, what the ruleset asks of each tier. */
export function samplingPolicy(ruleset: Ruleset, settings: SamplingSettings): SamplingPolicy {
  return { ...settings, reviewOf: (tier) => tierDefinition(ruleset, tier).review };
}
