import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const TierRow = z.object({ creator_id: z.string(), tier: z.int() });

/** The closest tier of each creator, over all campaigns. Alerting decides them. */
export async function loadClosestTiers(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const answer = await db.query(
    'SELECT creator_id, max(tier)::int AS tier FROM creator_tier GROUP BY creator_id',
  );
  return new Map(parseRows(answer, TierRow).map((row) => [row.creator_id, row.tier]));
}
