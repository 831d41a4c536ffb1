import { type Queryable, type Store } from '@leakwatch/store';
import { reaches, type Viewer } from './viewer.ts';
import { ProblemError } from '../problems.ts';
import { loadAccount, lockAccounts } from '../accounts/queries/accounts.ts';

const OUT_OF_REACH = 'you keep accounts that see your campaigns and no others';

interface Admin {
  /**
   * An admin of some campaigns gives nobody, and takes over no account with, more than they see. So an admin of all campaigns
   * remains: only another can take that right away, and nobody changes their own account.
   *
   * @throws ProblemError `forbidden`
   */
  readonly requireReach: (campaigns: readonly string[] | null) => void;
}

/**
 * Does what an admin asks in one transaction, after those of all others. The request's rights were read before it began, and another
 * admin may have taken them away since: two that disable each other at once would leave nobody.
 *
 * @throws ProblemError `forbidden` if the account is no longer an admin's
 */
export function asAdmin<T>(
  store: Pick<Store, 'transaction'>,
  { accountId }: Pick<Viewer, 'accountId'>,
  work: (tx: Queryable, admin: Admin) => Promise<T>,
): Promise<T> {
  return store.transaction(async (tx) => {
    await lockAccounts(tx);
    const actor = await loadAccount(tx, accountId);
    if (actor?.role !== 'admin' || actor.disabled) throw new ProblemError('forbidden');
    return work(tx, {
      requireReach: (campaigns) => {
        if (!reaches(actor, campaigns)) throw new ProblemError('forbidden', { detail: OUT_OF_REACH });
      },
    });
  });
}
