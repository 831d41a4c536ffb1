import { type AlertChange, type AlertState } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { lifeAssignments, lifeValues, type AlertLife } from './alert-life-row.ts';

/** One line of an alert's history. */
export interface Transition {
  readonly move: Exclude<AlertChange, 'occurrence-added' | 'content-removed' | 'corrected' | 'opened'>;
  readonly from: AlertState;
  readonly to: AlertState;
  /** An analyst's name, or {@link LEAKWATCH}. */
  readonly by: string;
  readonly reason: string;
}

/** The author of moves that happen by themselves. */
export const LEAKWATCH = 'leakwatch';

export interface AlertLifeChange {
  readonly alertId: string;
  readonly life: AlertLife;
  /** The moves that led there; empty if the alert only took in another occurrence. */
  readonly transitions: readonly Transition[];
  /** When the joining occurrence was published: the alert's time span grows to hold it. */
  readonly publishedAt?: Date;
  readonly at: Date;
}

/**
 * Writes an alert's new life and every move that led there. Gives the ids of the moves, in order.
 *
 * @param tx a transaction that holds the creator's lock
 * @throws StoreError with SQLSTATE LW001, or of a violated constraint, for a life that the database refuses
 */
export async function saveAlertLife(
  tx: Queryable,
  { alertId, life, transitions, publishedAt, at }: AlertLifeChange,
): Promise<string[]> {
  const answer = await tx.query({
    name: 'save-alert-life',
    text: `WITH changed AS (
       UPDATE alert SET ${lifeAssignments(5)},
         first_published_at = least(first_published_at, $3), last_published_at = greatest(last_published_at, $3),
         updated_at = greatest(updated_at, $2)
       WHERE id = $1 RETURNING id
     )
     INSERT INTO alert_transition (alert_id, move, from_state, to_state, made_by, reason, made_at)
     SELECT changed.id, move, "from", "to", by, reason, $2
     FROM changed, ROWS FROM (json_to_recordset($4)
       AS (move text, "from" text, "to" text, by text, reason text)) WITH ORDINALITY AS made (move, "from", "to", by, reason, nth)
     ORDER BY nth RETURNING id`,
    values: [alertId, at, publishedAt ?? null, JSON.stringify(transitions), ...lifeValues(life)],
  });
  return parseRows(answer, z.object({ id: z.string() })).map(({ id }) => id);
}
