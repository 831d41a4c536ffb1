import { type Tier } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { askTierDecision } from './tiers-to-decide.ts';

export interface NewPin {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly tier: Tier;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** Sets a creator's tier for a campaign, in place of an earlier pin. */
export async function addPin(tx: Queryable, pin: NewPin): Promise<void> {
  await endPin(tx, pin);
  await tx.query(
    `INSERT INTO tier_pin (creator_id, campaign_id, tier, pinned_by, reason, pinned_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [pin.creatorId, pin.campaignId, pin.tier, pin.by, pin.reason, pin.at, pin.expiresAt],
  );
  await askTierDecision(tx, pin.creatorId, 'pin');
}

/** Takes a pin off; false if there is none or it has expired. */
export async function removePin(
  tx: Queryable,
  pin: Pick<NewPin, 'creatorId' | 'campaignId' | 'by' | 'at'>,
): Promise<boolean> {
  const wasInForce = await endPin(tx, pin);
  if (wasInForce) await askTierDecision(tx, pin.creatorId, 'unpin');
  return wasInForce;
}

async function endPin(
  tx: Queryable,
  { creatorId, campaignId, by, at }: Pick<NewPin, 'creatorId' | 'campaignId' | 'by' | 'at'>,
): Promise<boolean> {
  const answer = await tx.query(
    `UPDATE tier_pin SET ended_at = $3, ended_by = $4
     WHERE creator_id = $1 AND campaign_id = $2 AND ended_at IS NULL RETURNING expires_at > $3 AS "wasInForce"`,
    [creatorId, campaignId, at, by],
  );
  return parseRows(answer, z.object({ wasInForce: z.boolean() }))[0]?.wasInForce ?? false;
}
