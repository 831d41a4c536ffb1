import { type AlertState, type Severity, type Tier } from '@leakwatch/contracts';
import { tierDefinition, type Ruleset } from '@leakwatch/tier-rules';

export interface AllowedMinutes {
  /** From the alert until it should be acknowledged. */
  readonly minutesToAct: number;
  /** From the alert until it should be resolved. */
  readonly minutesToResolve: number;
}

/** The minutes that a tier allows at a severity. */
export function allowedMinutes(ruleset: Ruleset, tier: Tier, severity: Severity): AllowedMinutes {
  const { minutesToAct, minutesToResolve } = tierDefinition(ruleset, tier);
  return { minutesToAct: minutesToAct[severity], minutesToResolve: minutesToResolve[severity] };
}

export interface Deadlines<Instant> {
  readonly state: AlertState;
  /** By when to acknowledge it. */
  readonly dueAt: Instant;
  /** By when to resolve it; null for an alert from before there was such a deadline. */
  readonly resolveDueAt: Instant | null;
}

/** The deadline that counts now: to acknowledge while open, then to resolve. `DEADLINE` (queries/deadline.ts) says the same in SQL. */
export function nextDeadline<Instant>({ state, dueAt, resolveDueAt }: Deadlines<Instant>): Instant | null {
  if (state === 'resolved') return null;
  return state === 'open' ? dueAt : resolveDueAt;
}
