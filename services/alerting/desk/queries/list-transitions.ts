import { AlertChangeSchema, AlertStateSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({
  move: AlertChangeSchema.exclude(['occurrence-added', 'content-removed', 'corrected', 'reported']),
  /** Null for the opening. */
  from: AlertStateSchema.nullable(),
  to: AlertStateSchema,
  by: z.string(),
  reason: z.string(),
  at: z.date(),
});
export type RecordedTransition = Readonly<z.infer<typeof RowSchema>>;

/** Every move of an alert, in order. */
export async function listTransitions(db: Queryable, alertId: string): Promise<RecordedTransition[]> {
  const answer = await db.query(
    `SELECT move, from_state AS "from", to_state AS "to", made_by AS by, reason, made_at AS at
     FROM alert_transition WHERE alert_id = $1 ORDER BY id`,
    [alertId],
  );
  return parseRows(answer, RowSchema);
}
