import { type Severity, type Tier } from '@leakwatch/contracts';
import { tierDefinition, type Ruleset } from '@leakwatch/tier-rules';

export interface AllowedMinutes {
  /** From the alert until somebody should have acknowledged it. */
  readonly minutesToAct: number;
  /** From the alert until it should be resolved. */
  readonly minutesToResolve: number;
}

/** What a tier allows at a severity. */
export function allowedMinutes(ruleset: Ruleset, tier: Tier, severity: Severity): AllowedMinutes {
  const { minutesToAct, minutesToResolve } = tierDefinition(ruleset, tier);
  return { minutesToAct: minutesToAct[severity], minutesToResolve: minutesToResolve[severity] };
}
