import { type Queryable } from '@leakwatch/store';

/**
 * Serialises changes to one creator's incidents, across all processes, until the transaction ends. Choosing an episode
 * depends on the existing ones, and a later revision touches all of the creator's campaigns.
 */
export async function lockCreator(tx: Queryable, creatorId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `leakwatch creator: ${creatorId}`,
  ]);
}
