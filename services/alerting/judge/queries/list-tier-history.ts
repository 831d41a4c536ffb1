import { CANARY_CAMPAIGN_ID, ResolutionSchema, SeveritySchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { IS_LEAK } from './is-leak.ts';

const HistoryRowSchema = z.object({
  creatorId: z.string(),
  openedAt: z.date(),
  resolvedAt: z.date().nullable(),
  severity: SeveritySchema,
  resolution: ResolutionSchema.nullable(),
});
/** One of a creator's alerts, with the facts that tiers depend on. */
export type AlertInHistory = Omit<z.infer<typeof HistoryRowSchema>, 'creatorId'>;

/** The alerts of these creators in all campaigns, missing disclosures left out. Creators without any are absent. */
export async function listTierHistory(
  db: Queryable,
  creatorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AlertInHistory[]>> {
  const answer = await db.query({
    name: 'list-tier-history',
    text: `SELECT creator_id AS "creatorId", opened_at AS "openedAt", resolved_at AS "resolvedAt", severity, resolution
      FROM alert a WHERE creator_id = ANY ($1) AND campaign_id <> $2 AND ${IS_LEAK}
      ORDER BY opened_at, id`,
    values: [creatorIds, CANARY_CAMPAIGN_ID],
  });
  const histories = new Map<string, AlertInHistory[]>();
  for (const { creatorId, ...alert } of parseRows(answer, HistoryRowSchema)) {
    const known = histories.get(creatorId);
    if (known === undefined) histories.set(creatorId, [alert]);
    else known.push(alert);
  }
  return histories;
}
