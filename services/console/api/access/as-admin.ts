import { type Queryable, type Store } from '@leakwatch/store';
import { type Viewer } from './viewer.ts';
import { ProblemError } from '../problems.ts';
import { loadAccount, lockAccounts } from '../accounts/queries/accounts.ts';

/**
 * Does what an admin asks in one transaction, after those of all others. The request's rights were read before it began, and another
 * admin may have taken them away since: two that disable each other at once would leave nobody.
 *
 * @throws ProblemError `forbidden` if the account is no longer an admin's
 */
export function asAdmin<T>(
  store: Pick<Store, 'transaction'>,
  { accountId }: Pick<Viewer, 'accountId'>,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return store.transaction(async (tx) => {
    await lockAccounts(tx);
    const actor = await loadAccount(tx, accountId);
    if (actor?.role !== 'admin' || actor.disabled) throw new ProblemError('forbidden');
    return work(tx);
  });
}
