import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const VersionSchema = z.object({
  version: z.int(),
  createdAt: z.date(),
  /** Null: a program, or a version from before authors were kept. */
  by: z.string().nullable(),
  note: z.string(),
});
export type WatchListVersion = z.infer<typeof VersionSchema>;

/** The newest versions of the watch list, without their content. */
export async function listWatchListVersions(db: Queryable, limit: number): Promise<WatchListVersion[]> {
  const answer = await db.query(
    `SELECT version, created_at AS "createdAt", made_by AS by, note FROM watch_list_version ORDER BY version DESC LIMIT $1`,
    [limit],
  );
  return parseRows(answer, VersionSchema);
}
