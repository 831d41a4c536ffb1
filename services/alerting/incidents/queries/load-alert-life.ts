import { TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { AlertLifeSchema, LIFE_COLUMNS } from './alert-life-row.ts';

const RowSchema = AlertLifeSchema.extend({
  id: z.string(),
  creatorId: z.string(),
  campaignId: z.string(),
  tier: TierSchema,
});
/** An alert's life, with its id, creator and campaign. */
export type LivingAlert = Readonly<z.infer<typeof RowSchema>>;

/** @param tx a transaction that holds the creator's lock, if the alert is about to change */
export async function loadAlertLife(tx: Queryable, alertId: string): Promise<LivingAlert | null> {
  const answer = await tx.query(
    `SELECT a.id, a.creator_id AS "creatorId", a.campaign_id AS "campaignId", a.tier, ${LIFE_COLUMNS} FROM alert a WHERE a.id = $1`,
    [alertId],
  );
  return parseRows(answer, RowSchema)[0] ?? null;
}
