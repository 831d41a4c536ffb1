import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const TierHappeningSchema = z.enum(['alert', 'verdict', 'pin', 'unpin']);
export type TierHappening = z.infer<typeof TierHappeningSchema>;

/** Whether this transaction is the one that decides tiers now, of all processes; until it ends. */
export async function tryLockTiers(tx: Queryable): Promise<boolean> {
  const answer = await tx.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('leakwatch: tiers', 0)) AS "isOurs"`,
  );
  return parseRows(answer, z.object({ isOurs: z.boolean() }))[0]?.isOurs ?? false;
}

/** Has a creator's tiers decided again. What happens to alerts asks for it by triggers. */
export async function askTierDecision(
  tx: Queryable,
  creatorId: string,
  cause: 'pin' | 'unpin',
): Promise<void> {
  await tx.query('INSERT INTO tier_to_decide (creator_id, cause) VALUES ($1, $2)', [creatorId, cause]);
}

const AskedSchema = z.object({ creatorId: z.string(), cause: TierHappeningSchema });

/** Takes the longest waiting happenings off the queue: creators, and the last thing that happened to each. */
export async function takeTierHappenings(
  tx: Queryable,
  limit: number,
): Promise<ReadonlyMap<string, TierHappening>> {
  const answer = await tx.query(
    `WITH taken AS (
       DELETE FROM tier_to_decide WHERE id IN (SELECT id FROM tier_to_decide ORDER BY id LIMIT $1)
       RETURNING id, creator_id, cause
     ) SELECT creator_id AS "creatorId", cause FROM taken ORDER BY id`,
    [limit],
  );
  return new Map(parseRows(answer, AskedSchema).map(({ creatorId, cause }) => [creatorId, cause]));
}
