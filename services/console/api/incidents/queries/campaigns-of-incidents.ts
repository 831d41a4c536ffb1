import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({ campaignId: z.string() });

/** Loads the campaign of an incident; null if there is no such incident, or the viewer may not see it. */
export async function loadCampaignOf(db: Queryable, alertId: string): Promise<string | null> {
  const answer = await db.query('SELECT campaign_id AS "campaignId" FROM alert WHERE id = $1', [alertId]);
  return parseRows(answer, RowSchema)[0]?.campaignId ?? null;
}

/** Lists those of some campaigns that have incidents, which they may have after they left the watch list. */
export async function listCampaignsWithIncidents(db: Queryable, among: readonly string[]): Promise<string[]> {
  const answer = await db.query(
    `SELECT named.id AS "campaignId" FROM unnest($1::text[]) AS named (id)
     WHERE named.id <> $2 AND EXISTS (SELECT FROM alert a WHERE a.campaign_id = named.id)`,
    [among, CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, RowSchema).map(({ campaignId }) => campaignId);
}
