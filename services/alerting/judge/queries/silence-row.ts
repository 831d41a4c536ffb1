import { TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** For a SELECT from the table `silence`. */
export const SILENCE_COLUMNS = `id, creator_id AS "creatorId", campaign_id AS "campaignId", item_id AS "itemId", tier,
  starts_at AS "startsAt", ends_at AS "endsAt", reason, made_by AS "madeBy", ended_by AS "endedBy"`;

export const SilenceSchema = z.object({
  id: z.string(),
  /** A null matches everything. */
  creatorId: z.string().nullable(),
  campaignId: z.string().nullable(),
  itemId: z.string().nullable(),
  tier: TierSchema.nullable(),
  startsAt: z.date(),
  endsAt: z.date(),
  reason: z.string(),
  madeBy: z.string(),
  /** The person who ended it early. */
  endedBy: z.string().nullable(),
});
export type Silence = Readonly<z.infer<typeof SilenceSchema>>;
