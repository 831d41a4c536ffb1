import { type AlertChange, type AlertState } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { LIFE_ASSIGNMENTS, lifeRow, type AlertLife } from './alert-life-row.ts';

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

/** Writes an alert's new life, as {@link saveAlertLives} does. Gives the ids of the moves, in order. */
export function saveAlertLife(tx: Queryable, change: AlertLifeChange): Promise<string[]> {
  return saveAlertLives(tx, [change]);
}

/**
 * Writes the new lives of alerts, each once, and every move that led there. Gives the ids of the moves, in order.
 *
 * @param tx a transaction that holds the creators' locks
 * @throws StoreError with SQLSTATE LW001, or of a violated constraint, for a life that the database refuses
 */
export async function saveAlertLives(tx: Queryable, changes: readonly AlertLifeChange[]): Promise<string[]> {
  if (changes.length === 0) return [];
  const rows = changes.map(({ alertId, life, publishedAt, at }) => ({
    ...lifeRow(life),
    id: alertId,
    last_published_at: publishedAt,
    updated_at: at,
  }));
  const transitions = changes.flatMap(({ alertId, transitions: moves, at }) =>
    moves.map((move) => ({ ...move, alertId, at })),
  );
  const answer = await tx.query({
    name: 'save-alert-lives',
    text: `WITH changed AS (
       UPDATE alert a SET ${LIFE_ASSIGNMENTS},
         first_published_at = least(a.first_published_at, new.last_published_at),
         last_published_at = greatest(a.last_published_at, new.last_published_at),
         updated_at = greatest(a.updated_at, new.updated_at)
       FROM json_populate_recordset(NULL::alert, $1) AS new WHERE a.id = new.id RETURNING a.id
     )
     INSERT INTO alert_transition (alert_id, move, from_state, to_state, made_by, reason, made_at)
     SELECT changed.id, move, "from", "to", by, reason, made_at
     FROM ROWS FROM (json_to_recordset($2)
         AS ("alertId" text, move text, "from" text, "to" text, by text, reason text, at timestamptz)) WITH ORDINALITY
       AS made (alert_id, move, "from", "to", by, reason, made_at, nth)
     JOIN changed ON changed.id = made.alert_id
     ORDER BY nth RETURNING id`,
    values: [JSON.stringify(rows), JSON.stringify(transitions)],
  });
  return parseRows(answer, z.object({ id: z.string() })).map(({ id }) => id);
}
