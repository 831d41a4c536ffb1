import { AlertStateSchema, ResolutionSchema, SeveritySchema, ViolationSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** What may change of an alert in its life, but for its occurrences. */
export const AlertLifeSchema = z.object({
  state: AlertStateSchema,
  resolution: ResolutionSchema.nullable(),
  resolvedAt: z.date().nullable(),
  duplicateOf: z.string().nullable(),
  acknowledgedAt: z.date().nullable(),
  acknowledgedBy: z.string().nullable(),
  /** By when to acknowledge it. */
  dueAt: z.date(),
  /** By when to resolve it; null of an alert from before there was such a deadline. */
  resolveDueAt: z.date().nullable(),
  /** What its tier allows at its severity; null as above. */
  minutesToAct: z.int().nullable(),
  minutesToResolve: z.int().nullable(),
  snoozedUntil: z.date().nullable(),
  assignee: z.string().nullable(),
  escalationLevel: z.int(),
  /** When it goes up the chain next, unless somebody acts. */
  escalatesAt: z.date().nullable(),
  reopenedAt: z.date().nullable(),
  regressions: z.int(),
  severity: SeveritySchema,
  severityReasons: z.array(z.string()),
  ruleId: z.string(),
  rulesetHash: z.string(),
  violation: ViolationSchema.nullable(),
});
export type AlertLife = Readonly<z.infer<typeof AlertLifeSchema>>;

/** The columns of {@link AlertLifeSchema}, each by its key, in the order in which they are written. */
const COLUMNS = {
  state: 'state',
  resolution: 'resolution',
  resolvedAt: 'resolved_at',
  duplicateOf: 'duplicate_of',
  acknowledgedAt: 'acknowledged_at',
  acknowledgedBy: 'acknowledged_by',
  dueAt: 'due_at',
  resolveDueAt: 'resolve_due_at',
  minutesToAct: 'minutes_to_act',
  minutesToResolve: 'minutes_to_resolve',
  snoozedUntil: 'snoozed_until',
  assignee: 'assignee',
  escalationLevel: 'escalation_level',
  escalatesAt: 'escalates_at',
  reopenedAt: 'reopened_at',
  regressions: 'regressions',
  severity: 'severity',
  severityReasons: 'severity_reasons',
  ruleId: 'rule_id',
  rulesetHash: 'ruleset_hash',
  violation: 'violation',
} as const satisfies Record<keyof AlertLife, string>;

/** For a SELECT from the table `alert` under the name `a`. */
export const LIFE_COLUMNS = Object.entries(COLUMNS)
  .map(([key, column]) => `a.${column} AS "${key}"`)
  .join(', ');

/** For an UPDATE of `alert`, from the parameter `$first` on; {@link lifeValues} gives the values. */
export function lifeAssignments(first: number): string {
  return Object.values(COLUMNS)
    .map((column, index) => `${column} = $${first + index}`)
    .join(', ');
}

export function lifeValues(life: AlertLife): unknown[] {
  const values = new Map<string, unknown>(Object.entries(life));
  return Object.keys(COLUMNS).map((key) => values.get(key));
}
