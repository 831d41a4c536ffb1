import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const AgeSchema = z.object({
  newest: z.int().nullable(),
  ageSeconds: z.number().nullable(),
  behindSeconds: z.number().nullable(),
});

/** The age of a version of the watch list, and how long it has been out of date; by the database's clock. */
export interface WatchListAge {
  /** 0 before the first. */
  readonly newest: number;
  /** Since this version was imported; null for 0, which was never imported. */
  readonly ageSeconds: number | null;
  /** Since a newer one was imported; 0 if there is none. */
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
