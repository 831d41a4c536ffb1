import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

/** Platforms of which a source hands posts over by itself. */
export async function listSourcePlatforms(db: Queryable): Promise<string[]> {
  const answer = await db.query('SELECT DISTINCT platform FROM ingest_source ORDER BY platform');
  return parseRows(answer, z.object({ platform: z.string() })).map(({ platform }) => platform);
}
