import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const TierHappeningSchema = z.enum(['alert', 'verdict', 'pin', 'unpin']);
export type TierHappening = z.infer<typeof TierHappeningSchema>;

/** Whether this transaction may decide tiers now: only one of all processes may, until its transaction ends. */
export async function tryLockTiers(tx: Queryable): Promise<boolean> {
  const answer = await tx.query(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('leakwatch: tiers', 0)) AS "isOurs"`,
  );
  return parseRows(answer, z.object({ isOurs: z.boolean() }))[0]?.isOurs ?? false;
}

/** Asks for a creator's tiers to be decided again. For changes of alerts, triggers ask. */
export async function askTierDecision(
  tx: Queryable,
  creatorId: string,
  cause: 'pin' | 'unpin',
): Promise<void> {
  await tx.query('INSERT INTO tier_to_decide (creator_id, cause) VALUES ($1, $2)', [creatorId, cause]);
}

const AskedSchema = z.object({ creatorId: z.string(), cause: TierHappeningSchema });

/** Takes the oldest happenings off the queue: creators, each with the last thing that happened to them. */
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
