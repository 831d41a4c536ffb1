import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { LEAKWATCH } from './save-alert-life.ts';

const SettledSchema = z.object({ alertId: z.string(), act: z.enum(['corrected', 'stands-again']) });

/**
 * Works out, after the occurrences of alerts have changed, whether any finding of each still stands. Gives the news about
 * that by alert; those without any are absent.
 *
 * @param tx the transaction of that change, which holds the creators' locks
 */
export async function settleCorrections(
  tx: Queryable,
  alertIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, z.infer<typeof SettledSchema>['act']>> {
  if (alertIds.length === 0) return new Map();
  const answer = await tx.query({
    name: 'settle-corrections',
    text: `WITH found AS (
       SELECT alert_id, bool_or(removed_at IS NULL) AS stands, max(removed_at) AS removed_at
       FROM alert_occurrence WHERE alert_id = ANY ($1::text[]) GROUP BY alert_id
     ), settled AS (
       UPDATE alert a SET corrected_at = CASE WHEN stands THEN NULL ELSE removed_at END,
         updated_at = greatest(updated_at, $2)
       FROM found WHERE a.id = found.alert_id AND stands = (a.corrected_at IS NOT NULL)
       RETURNING a.id, CASE WHEN stands THEN 'stands-again' ELSE 'corrected' END AS act
     )
     INSERT INTO response_act (alert_id, act, made_by, made_at) SELECT id, act, $3, $2 FROM settled
     RETURNING alert_id AS "alertId", act`,
    values: [alertIds, at, LEAKWATCH],
  });
  return new Map(parseRows(answer, SettledSchema).map(({ alertId, act }) => [alertId, act]));
}
