import { CANARY_CAMPAIGN_ID, TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const CountSchema = z.object({
  creatorId: z.string(),
  incidents: z.int(),
  openIncidents: z.int(),
  confirmed: z.int(),
  falseAlarms: z.int(),
  approved: z.int(),
});
export type IncidentCount = Readonly<z.infer<typeof CountSchema>>;

/** Incidents by creator. */
export async function countIncidentsOf(
  db: Queryable,
  creatorIds: readonly string[],
): Promise<ReadonlyMap<string, IncidentCount>> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", count(*)::integer AS incidents,
       count(*) FILTER (WHERE state <> 'resolved')::integer AS "openIncidents",
       count(*) FILTER (WHERE resolution = 'confirmed')::integer AS confirmed,
       count(*) FILTER (WHERE resolution = 'false-positive')::integer AS "falseAlarms",
       count(*) FILTER (WHERE resolution = 'approved')::integer AS approved
     FROM alert WHERE creator_id = ANY ($1) AND campaign_id <> $2 GROUP BY creator_id`,
    [creatorIds, CANARY_CAMPAIGN_ID],
  );
  return new Map(parseRows(answer, CountSchema).map((row) => [row.creatorId, row]));
}

const MoveSchema = z.object({
  creatorId: z.string(),
  campaignId: z.string(),
  from: TierSchema.nullable(),
  to: TierSchema,
  reasons: z.array(z.string()),
  at: z.date(),
});

/** The newest moves between tiers; first decisions are none. */
export async function listNewestMoves(db: Queryable, limit: number): Promise<z.infer<typeof MoveSchema>[]> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", campaign_id AS "campaignId", from_tier AS "from", to_tier AS "to", reasons,
       changed_at AS at
     FROM creator_tier_change WHERE from_tier IS NOT NULL ORDER BY id DESC LIMIT $1`,
    [limit],
  );
  return parseRows(answer, MoveSchema);
}
