import { TIERS_BY_CLOSENESS, TierSchema, type Tier } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const TierRow = z.object({ creator_id: z.string(), tier: TierSchema });

/** The closest tier of each creator, over all campaigns. Alerting decides them. */
export async function loadClosestTiers(db: Queryable): Promise<ReadonlyMap<string, Tier>> {
  const answer = await db.query(
    `SELECT DISTINCT ON (creator_id) creator_id, tier FROM creator_tier
     ORDER BY creator_id, array_position($1::integer[], tier::integer)`,
    [TIERS_BY_CLOSENESS],
  );
  return new Map(parseRows(answer, TierRow).map((row) => [row.creator_id, row.tier]));
}
