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
/** An alert's life, and whose alert it is. */
export type LivingAlert = Readonly<z.infer<typeof RowSchema>>;

/** @param tx a transaction that holds the creator's lock, where the alert is to be changed */
export async function loadAlertLife(tx: Queryable, alertId: string): Promise<LivingAlert | null> {
  const answer = await tx.query(
    `SELECT a.id, a.creator_id AS "creatorId", a.campaign_id AS "campaignId", a.tier, ${LIFE_COLUMNS} FROM alert a WHERE a.id = $1`,
    [alertId],
  );
  return parseRows(answer, RowSchema)[0] ?? null;
}
