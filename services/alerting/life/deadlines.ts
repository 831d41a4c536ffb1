import { type Severity, type Tier } from '@leakwatch/contracts';
import { tierDefinition, type Ruleset } from '@leakwatch/tier-rules';

/** Of a ruleset that says only by when to act: from there a working day for an hour is left to resolve it. */
const RESOLVE_PER_ACT = 8;

export interface AllowedMinutes {
  /** From the alert until somebody should have acknowledged it. */
  readonly minutesToAct: number;
  /** From the alert until it should be resolved. */
  readonly minutesToResolve: number;
}

/** What a tier allows at a severity. */
export function allowedMinutes(ruleset: Ruleset, tier: Tier, severity: Severity): AllowedMinutes {
  const minutesToAct = tierDefinition(ruleset, tier).minutesToAct[severity];
  return { minutesToAct, minutesToResolve: minutesToAct * RESOLVE_PER_ACT };
}
