import { LaneSchema, type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const ScannedRevisionSchema = z.object({
  threadId: z.string(),
  lane: LaneSchema,
  postId: z.string(),
  revision: z.int(),
  op: z.enum(['update', 'delete']),
  detectionIds: z.array(z.string()),
  disclosedCampaigns: z.array(z.string()),
  scannedAt: z.date(),
});
/** The newest revision of a post that a lane has scanned, with its findings there. */
export type ScannedRevision = z.infer<typeof ScannedRevisionSchema>;

/** Null while only the first revision has been scanned. */
export async function loadScannedRevision(
  db: Queryable,
  threadId: string,
  lane: Lane,
): Promise<ScannedRevision | null> {
  const answer = await db.query(
    `SELECT thread_id AS "threadId", lane, post_id AS "postId", revision::float8, op, detection_ids AS "detectionIds",
       disclosed_campaigns AS "disclosedCampaigns", scanned_at AS "scannedAt"
     FROM scanned_revision WHERE thread_id = $1 AND lane = $2`,
    [threadId, lane],
  );
  return parseRows(answer, ScannedRevisionSchema)[0] ?? null;
}
