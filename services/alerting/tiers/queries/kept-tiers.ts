import { TierSchema, type Tier } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const KeptTierSchema = z.object({
  creatorId: z.string(),
  campaignId: z.string(),
  tier: TierSchema,
  reasons: z.array(z.string()),
  riskScore: z.int(),
  pinned: z.boolean(),
  since: z.date(),
  watchListVersion: z.int(),
  rulesetHash: z.string(),
  changesAt: z.date().nullable(),
});
/** A creator's tier for a campaign, as last decided. */
export type KeptTier = z.infer<typeof KeptTierSchema>;

const COLUMNS = `creator_id AS "creatorId", campaign_id AS "campaignId", tier, reasons, risk_score AS "riskScore", pinned,
  since, watch_list_version AS "watchListVersion", ruleset_hash AS "rulesetHash", changes_at AS "changesAt"`;

export interface KeptTierFilter {
  readonly creatorIds?: readonly string[];
  readonly campaignId?: string;
  readonly tier?: Tier;
}

/** Tiers as last decided, by creator and campaign. */
export async function listKeptTiers(db: Queryable, filter: KeptTierFilter = {}): Promise<KeptTier[]> {
  const answer = await db.query(
    `SELECT ${COLUMNS} FROM creator_tier
     WHERE ($1::text[] IS NULL OR creator_id = ANY ($1)) AND ($2::text IS NULL OR campaign_id = $2)
       AND ($3::smallint IS NULL OR tier = $3)
     ORDER BY creator_id, campaign_id`,
    [filter.creatorIds ?? null, filter.campaignId ?? null, filter.tier ?? null],
  );
  return parseRows(answer, KeptTierSchema);
}

const TierNumbersSchema = z.array(z.tuple([z.string(), z.string(), TierSchema, z.int()]));
/** A tier as last decided, without what led to it. */
export type TierNumber = Pick<KeptTier, 'creatorId' | 'campaignId' | 'tier' | 'riskScore'>;

/** A text that differs when a tier does: one hash over all that `db` shows, worked out in a third of the time that reading them takes. */
export async function fingerprintTiers(db: Queryable): Promise<string> {
  const answer = await db.query(
    `SELECT concat_ws('/', count(*), bit_xor(hash_record_extended(ROW(creator_id, campaign_id, tier, risk_score), 0))) AS fingerprint
     FROM creator_tier`,
  );
  return parseRows(answer, z.object({ fingerprint: z.string() }))[0]?.fingerprint ?? '';
}

/** Reads all tiers as last decided, as one text on the way, which is much faster than ten thousand rows. */
export async function loadTierNumbers(db: Queryable): Promise<TierNumber[]> {
  const answer = await db.query(
    `SELECT coalesce(json_agg(json_build_array(creator_id, campaign_id, tier, risk_score)), '[]')::text AS tiers
     FROM (SELECT * FROM creator_tier ORDER BY creator_id, campaign_id) t`,
  );
  const [{ tiers } = { tiers: '[]' }] = parseRows(answer, z.object({ tiers: z.string() }));
  return TierNumbersSchema.parse(JSON.parse(tiers)).map(([creatorId, campaignId, tier, riskScore]) => ({
    creatorId,
    campaignId,
    tier,
    riskScore,
  }));
}

/** Creators with a tier that is due to be decided again. */
export async function listCreatorsDue(db: Queryable, at: Date, limit: number): Promise<string[]> {
  const answer = await db.query(
    `SELECT DISTINCT creator_id AS "creatorId" FROM creator_tier WHERE changes_at <= $1 ORDER BY creator_id LIMIT $2`,
    [at, limit],
  );
  return parseRows(answer, z.object({ creatorId: z.string() })).map(({ creatorId }) => creatorId);
}

export async function saveKeptTiers(tx: Queryable, tiers: readonly KeptTier[]): Promise<void> {
  if (tiers.length === 0) return;
  await tx.query(
    `INSERT INTO creator_tier (creator_id, campaign_id, tier, reasons, risk_score, pinned, since, watch_list_version,
       ruleset_hash, changes_at)
     SELECT "creatorId", "campaignId", tier, ARRAY (SELECT json_array_elements_text(reasons)), "riskScore", pinned, since,
       "watchListVersion", "rulesetHash", "changesAt"
     FROM json_to_recordset($1) AS r ("creatorId" text, "campaignId" text, tier smallint, reasons json, "riskScore" integer,
       pinned boolean, since timestamptz, "watchListVersion" integer, "rulesetHash" text, "changesAt" timestamptz)
     ON CONFLICT (creator_id, campaign_id) DO UPDATE SET
       tier = excluded.tier, reasons = excluded.reasons, risk_score = excluded.risk_score, pinned = excluded.pinned,
       since = excluded.since, watch_list_version = excluded.watch_list_version, ruleset_hash = excluded.ruleset_hash,
       changes_at = excluded.changes_at`,
    [JSON.stringify(tiers)],
  );
}

/** Deletes tiers that the watch list no longer has; their changes stay. */
export async function deleteKeptTiers(
  tx: Queryable,
  pairs: readonly { readonly creatorId: string; readonly campaignId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await tx.query(
    `DELETE FROM creator_tier WHERE (creator_id, campaign_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [pairs.map(({ creatorId }) => creatorId), pairs.map(({ campaignId }) => campaignId)],
  );
}

/** Deletes the tiers of all creators but these; their changes stay. */
export async function forgetCreatorsBut(tx: Queryable, creatorIds: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM creator_tier t WHERE NOT EXISTS (
       SELECT 1 FROM unnest($1::text[]) AS known (id) WHERE known.id = t.creator_id
     )`,
    [creatorIds],
  );
}
