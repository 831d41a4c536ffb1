import { type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const StandingSchema = z.object({
  detectionId: z.string(),
  alertId: z.string(),
  campaignId: z.string(),
  revision: z.int(),
  kind: z.enum(['term', 'asset']),
  itemId: z.string(),
  lacksDisclosure: z.boolean(),
});
export type StandingOccurrence = z.infer<typeof StandingSchema>;

/** Everything that a lane has found in any revision of a post and that is not known to be gone. */
export async function listStandingOccurrences(
  tx: Queryable,
  threadId: string,
  lane: Lane,
): Promise<StandingOccurrence[]> {
  const answer = await tx.query(
    `SELECT o.detection_id AS "detectionId", o.alert_id AS "alertId", a.campaign_id AS "campaignId", o.revision::float8, o.kind,
       o.item_id AS "itemId", a.violation IS NOT DISTINCT FROM 'missing-disclosure' AS "lacksDisclosure"
     FROM alert_occurrence o JOIN alert a ON a.id = o.alert_id
     WHERE o.thread_id = $1 AND o.lane = $2 AND o.removed_at IS NULL ORDER BY o.position`,
    [threadId, lane],
  );
  return parseRows(answer, StandingSchema);
}
