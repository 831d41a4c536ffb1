import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { LEAKWATCH } from './save-alert-life.ts';

const SettledSchema = z.object({ act: z.enum(['corrected', 'stands-again']) });

/**
 * Works out, after an alert's occurrences have changed, whether any finding still stands. Gives the news about that;
 * null if there is none.
 *
 * @param tx the transaction of that change, which holds the creator's lock
 */
export async function settleCorrection(
  tx: Queryable,
  alertId: string,
  at: Date,
): Promise<z.infer<typeof SettledSchema>['act'] | null> {
  const answer = await tx.query({
    name: 'settle-correction',
    text: `WITH found AS (
       SELECT bool_or(removed_at IS NULL) AS stands, max(removed_at) AS removed_at
       FROM alert_occurrence WHERE alert_id = $1
     ), settled AS (
       UPDATE alert a SET corrected_at = CASE WHEN stands THEN NULL ELSE removed_at END,
         updated_at = greatest(updated_at, $2)
       FROM found WHERE a.id = $1 AND stands = (a.corrected_at IS NOT NULL)
       RETURNING CASE WHEN stands THEN 'stands-again' ELSE 'corrected' END AS act
     )
     INSERT INTO response_act (alert_id, act, made_by, made_at) SELECT $1, act, $3, $2 FROM settled RETURNING act`,
    values: [alertId, at, LEAKWATCH],
  });
  return parseRows(answer, SettledSchema)[0]?.act ?? null;
}
