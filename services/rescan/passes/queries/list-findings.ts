import { DetectionSchema, FindingStandingSchema, type FindingStanding } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({
  standing: FindingStandingSchema,
  detection: DetectionSchema,
  foundAt: z.date(),
});
export type RescanFinding = z.infer<typeof RowSchema>;

/** A job's findings, in the order of the posts' publication. */
export async function listRescanFindings(
  db: Queryable,
  jobId: string,
  filter: { standing?: FindingStanding; limit: number },
): Promise<RescanFinding[]> {
  const answer = await db.query(
    `SELECT standing, detection, found_at AS "foundAt" FROM rescan_finding
     WHERE job_id = $1 AND ($2::text IS NULL OR standing = $2)
     ORDER BY (detection->'post'->>'publishedAt')::timestamptz, detection_id LIMIT $3`,
    [jobId, filter.standing ?? null, filter.limit],
  );
  return parseRows(answer, RowSchema);
}
