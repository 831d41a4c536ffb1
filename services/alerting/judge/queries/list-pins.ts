import { TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const PinSchema = z.object({
  creatorId: z.string(),
  campaignId: z.string(),
  tier: TierSchema,
  by: z.string(),
  reason: z.string(),
  pinnedAt: z.date(),
  expiresAt: z.date(),
});
export type StoredPin = z.infer<typeof PinSchema>;

const COLUMNS = `creator_id AS "creatorId", campaign_id AS "campaignId", tier, pinned_by AS "by", reason,
  pinned_at AS "pinnedAt", expires_at AS "expiresAt"`;

/** The pins of these creators that were not taken off, expired ones included. */
export async function listPins(db: Queryable, creatorIds: readonly string[]): Promise<StoredPin[]> {
  const answer = await db.query({
    name: 'list-pins',
    text: `SELECT ${COLUMNS} FROM tier_pin WHERE creator_id = ANY ($1) AND ended_at IS NULL`,
    values: [creatorIds],
  });
  return parseRows(answer, PinSchema);
}
