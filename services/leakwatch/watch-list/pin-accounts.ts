import { createKnownAccounts } from '@leakwatch/console/watch-list';
import { type Account, type Creator } from '@leakwatch/contracts';
import { type CheckedAccount } from '@leakwatch/ingest';

interface PinnedCreators {
  readonly creators: readonly Creator[];
  /** Accounts that the list has under another name, with their creators. */
  readonly known: readonly { readonly account: Account; readonly owner: string }[];
}

/** Writes to each new account the id that its platform gave, and leaves out accounts that the list has by that id. */
export function pinAccounts(
  before: readonly Creator[],
  creators: readonly Creator[],
  checked: ReadonlyMap<Account, CheckedAccount>,
): PinnedCreators {
  const owners = createKnownAccounts(before);
  const known: { account: Account; owner: string }[] = [];
  const pinned = creators.map((creator) => ({
    ...creator,
    accounts: creator.accounts.flatMap((account) => {
      const nativeId = checked.get(account)?.nativeId ?? null;
      if (nativeId === null || account.nativeId !== undefined) return [account];
      const withId = { ...account, nativeId };
      const owner = owners.ownerOf(withId);
      if (owner === undefined) return [withId];
      known.push({ account, owner });
      return [];
    }),
  }));
  return { creators: pinned, known };
}

export function nameOfAccount({ platform, handle, nativeId, instance }: Account): string {
  return `${handle ?? nativeId ?? ''}${instance === undefined ? '' : `@${instance}`} (${platform})`;
}
