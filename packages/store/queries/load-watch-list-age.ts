import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const AgeSchema = z.object({
  newest: z.int().nullable(),
  ageSeconds: z.number().nullable(),
  behindSeconds: z.number().nullable(),
});

/** How old a version of the watch list is, and how long it has not been the newest any more; by the database's clock. */
export interface WatchListAge {
  /** 0 before the first. */
  readonly newest: number;
  /** Since this version was imported; null for 0, which never was. */
  readonly ageSeconds: number | null;
  /** Since a newer one was; 0 where there is none. */
  readonly behindSeconds: number;
}

export async function loadWatchListAge(db: Queryable, version: number): Promise<WatchListAge> {
  const answer = await db.query(
    `SELECT max(version) AS newest,
       extract(epoch FROM clock_timestamp() - max(created_at) FILTER (WHERE version = $1))::float8 AS "ageSeconds",
       extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE version > $1))::float8 AS "behindSeconds"
     FROM watch_list_version`,
    [version],
  );
  const row = parseRows(answer, AgeSchema)[0];
  return {
    newest: row?.newest ?? 0,
    ageSeconds: row?.ageSeconds ?? null,
    behindSeconds: row?.behindSeconds ?? 0,
  };
}
