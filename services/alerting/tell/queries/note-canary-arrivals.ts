import { LaneSchema, type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const ArrivalSchema = z.object({ lane: LaneSchema, seconds: z.number() });
export type CanaryArrival = z.infer<typeof ArrivalSchema>;

/**
 * Marks canaries as arrived, and deletes their alerts: no list may show them. Gives how long each took, by the
 * database's clock. A canary that arrives again gives nothing.
 */
export async function noteCanaryArrivals(
  tx: Queryable,
  arrived: readonly { readonly alertId: string; readonly postId: string; readonly lane: Lane }[],
): Promise<CanaryArrival[]> {
  if (arrived.length === 0) return [];
  const alertIds = arrived.map(({ alertId }) => alertId);
  const answer = await tx.query(
    `UPDATE canary_probe p SET arrived_at = clock_timestamp()
     FROM unnest($1::text[], $2::text[]) AS found (post_id, lane)
     WHERE p.post_id = found.post_id AND p.lane = found.lane AND p.arrived_at IS NULL
     RETURNING p.lane, extract(epoch FROM p.arrived_at - p.sent_at)::float8 AS seconds`,
    [arrived.map(({ postId }) => postId), arrived.map(({ lane }) => lane)],
  );
  await tx.query('DELETE FROM alert_outbox WHERE alert_id = ANY ($1)', [alertIds]);
  await tx.query('DELETE FROM alert_transition WHERE alert_id = ANY ($1)', [alertIds]);
  await tx.query('DELETE FROM alert_occurrence WHERE alert_id = ANY ($1)', [alertIds]);
  await tx.query('DELETE FROM alert WHERE id = ANY ($1)', [alertIds]);
  return parseRows(answer, ArrivalSchema);
}
