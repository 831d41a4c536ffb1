import { type Queryable } from '@leakwatch/store';

/**
 * Points the duplicates of an alert that is about to be merged at the alert it is merged into: none is a duplicate of a
 * duplicate.
 *
 * @param tx a transaction that holds the creator's lock
 */
export async function redirectDuplicates(tx: Queryable, from: string, into: string): Promise<void> {
  await tx.query('UPDATE alert SET duplicate_of = $2 WHERE duplicate_of = $1', [from, into]);
}
