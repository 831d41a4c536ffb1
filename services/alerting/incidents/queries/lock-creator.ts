import { type Queryable } from '@leakwatch/store';

/**
 * Serialises changes to these creators' incidents, across all processes, until the transaction ends. Choosing an episode
 * depends on the existing ones, and a later revision touches all of the creator's campaigns.
 *
 * The locks are taken in one order, so that two transactions with several creators in common do not block each other
 * for good.
 */
export async function lockCreators(tx: Queryable, creatorIds: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest($1::text[]) AS name ORDER BY key
     ) AS in_order`,
    [creatorIds.map((id) => `leakwatch creator: ${id}`)],
  );
}

export function lockCreator(tx: Queryable, creatorId: string): Promise<void> {
  return lockCreators(tx, [creatorId]);
}
