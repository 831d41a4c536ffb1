import { AlertStateSchema, ResolutionSchema, SeveritySchema, ViolationSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** The fields of an alert that change during its life, except its occurrences. */
export const AlertLifeSchema = z.object({
  state: AlertStateSchema,
  resolution: ResolutionSchema.nullable(),
  resolvedAt: z.date().nullable(),
  duplicateOf: z.string().nullable(),
  acknowledgedAt: z.date().nullable(),
  acknowledgedBy: z.string().nullable(),
  /** The deadline to acknowledge it. */
  dueAt: z.date(),
  /** The deadline to resolve it; null for an alert older than that deadline. */
  resolveDueAt: z.date().nullable(),
  /** The time that its tier allows at its severity; null as above. */
  minutesToAct: z.int().nullable(),
  minutesToResolve: z.int().nullable(),
  snoozedUntil: z.date().nullable(),
  assignee: z.string().nullable(),
  escalationLevel: z.int(),
  /** When it escalates next unless somebody acts. */
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

/** The columns of {@link AlertLifeSchema} by key, in the order in which they are written. */
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

/** For an UPDATE of `alert` from rows of it under the name `new`. */
export const LIFE_ASSIGNMENTS = Object.values(COLUMNS)
  .map((column) => `${column} = new.${column}`)
  .join(', ');

/** A life by the names of its columns. */
export function lifeRow(life: AlertLife): Record<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(life));
  return Object.fromEntries(Object.entries(COLUMNS).map(([key, column]) => [column, values.get(key)]));
}
