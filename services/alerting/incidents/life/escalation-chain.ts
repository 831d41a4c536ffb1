import { type Tier } from '@leakwatch/contracts';
import { tierDefinition, type Ruleset } from '@leakwatch/tier-rules';

/** The people called when an alert gets no answer: level 1 first. */
export interface EscalationChain {
  levels(tier: Tier): number;
  /** The role that a level calls; null if the level names none. */
  roleAt(tier: Tier, level: number): string | null;
}

const DEFAULT_LEVELS = 3;

/** A chain of this length for every tier; it names no roles. */
export function fixedChain(levels: number): EscalationChain {
  return { levels: () => levels, roleAt: () => null };
}

/** The chains of the ruleset in force (`escalateTo`). */
export function chainOfRuleset(ruleset: () => Ruleset): EscalationChain {
  const rolesOf = (tier: Tier) => tierDefinition(ruleset(), tier).escalateTo;
  return {
    levels: (tier) => rolesOf(tier)?.length ?? DEFAULT_LEVELS,
    roleAt: (tier, level) => rolesOf(tier)?.[level - 1] ?? null,
  };
}
