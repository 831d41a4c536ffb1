import { TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const TierChangeSchema = z.object({
  creatorId: z.string(),
  campaignId: z.string(),
  fromTier: TierSchema.nullable(),
  toTier: TierSchema,
  cause: z.enum(['first', 'watch-list', 'ruleset', 'alert', 'verdict', 'pin', 'unpin', 'time']),
  reasons: z.array(z.string()),
  riskScore: z.int(),
  rulesetHash: z.string(),
  changedAt: z.date(),
});
/** A creator's move between tiers; from null if it is their first. */
export type TierChange = z.infer<typeof TierChangeSchema>;

export async function addTierChanges(tx: Queryable, changes: readonly TierChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO creator_tier_change (creator_id, campaign_id, from_tier, to_tier, cause, reasons, risk_score, ruleset_hash,
       changed_at)
     SELECT "creatorId", "campaignId", "fromTier", "toTier", cause, ARRAY (SELECT json_array_elements_text(reasons)),
       "riskScore", "rulesetHash", "changedAt"
     FROM json_to_recordset($1) AS r ("creatorId" text, "campaignId" text, "fromTier" smallint, "toTier" smallint, cause text,
       reasons json, "riskScore" integer, "rulesetHash" text, "changedAt" timestamptz)`,
    [JSON.stringify(changes)],
  );
}

/** A creator's moves, the oldest first. */
export async function listTierChanges(db: Queryable, creatorId: string): Promise<TierChange[]> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", campaign_id AS "campaignId", from_tier AS "fromTier", to_tier AS "toTier", cause,
       reasons, risk_score AS "riskScore", ruleset_hash AS "rulesetHash", changed_at AS "changedAt"
     FROM creator_tier_change WHERE creator_id = $1 ORDER BY id`,
    [creatorId],
  );
  return parseRows(answer, TierChangeSchema);
}
