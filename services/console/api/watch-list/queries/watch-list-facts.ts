import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** Incidents that are not resolved, by campaign. */
export async function countOpenByCampaign(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const answer = await db.query(
    `SELECT campaign_id AS id, count(*)::integer AS n FROM alert WHERE state <> 'resolved' GROUP BY campaign_id`,
  );
  const rows = parseRows(answer, z.object({ id: z.string(), n: z.int() }));
  return new Map(rows.map(({ id, n }) => [id, n]));
}

const OriginSchema = z.object({ createdAt: z.date(), by: z.string().nullable() });

/** Who saved a version, and when. */
export async function loadVersionOrigin(
  db: Queryable,
  version: number,
): Promise<z.infer<typeof OriginSchema>> {
  const answer = await db.query(
    `SELECT created_at AS "createdAt", made_by AS by FROM watch_list_version WHERE version = $1`,
    [version],
  );
  const row = parseRows(answer, OriginSchema)[0];
  if (row === undefined) throw new Error(`version ${version} of the watch list is gone`);
  return row;
}
