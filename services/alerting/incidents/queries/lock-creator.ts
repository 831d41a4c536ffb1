import { type Queryable } from '@leakwatch/store';

/**
 * Makes changes to one creator's incidents take turns, in this process and in all others, until the transaction ends: an
 * episode is chosen by what is there, and a post's later revision is about all of its creator's campaigns.
 */
export async function lockCreator(tx: Queryable, creatorId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `leakwatch creator: ${creatorId}`,
  ]);
}
