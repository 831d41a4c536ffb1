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

/** Finds the newest scanned revision of a post by a lane; null while only the first revision has been scanned. */
export type ScannedRevisionLookup = (threadId: string, lane: Lane) => ScannedRevision | null;

export async function loadScannedRevisions(
  db: Queryable,
  asked: readonly { readonly threadId: string; readonly lane: Lane }[],
): Promise<ScannedRevisionLookup> {
  const answer = await db.query(
    `SELECT thread_id AS "threadId", lane, post_id AS "postId", revision::float8, op, detection_ids AS "detectionIds",
       disclosed_campaigns AS "disclosedCampaigns", scanned_at AS "scannedAt"
     FROM scanned_revision JOIN unnest($1::text[], $2::text[]) AS asked (thread_id, lane) USING (thread_id, lane)`,
    [asked.map(({ threadId }) => threadId), asked.map(({ lane }) => lane)],
  );
  const keyOf = (threadId: string, lane: Lane) => `${lane} ${threadId}`;
  const found = new Map(
    parseRows(answer, ScannedRevisionSchema).map((scan) => [keyOf(scan.threadId, scan.lane), scan]),
  );
  return (threadId, lane) => found.get(keyOf(threadId, lane)) ?? null;
}
