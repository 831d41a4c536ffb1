import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The platforms that a source hands posts over for. */
export async function listSourcePlatforms(db: Queryable): Promise<string[]> {
  const answer = await db.query('SELECT DISTINCT platform FROM ingest_source ORDER BY platform');
  return parseRows(answer, z.object({ platform: z.string() })).map(({ platform }) => platform);
}
