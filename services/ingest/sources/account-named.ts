import { AccountSchema, describeIssues, type Account } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { accountsAt } from './profile-address.ts';

interface Place {
  readonly platform?: string | undefined;
  readonly instance?: string | undefined;
}

/**
 * Accounts that a person may mean by a name, as the watch list would have them, the likeliest first. A web address is a profile, else
 * a feed; `ana@social.example` is on Mastodon, `ana.example` on Bluesky.
 *
 * @throws UsageError if it can be none
 */
export function accountsNamed(name: string, { platform, instance }: Place): readonly Account[] {
  const isAddress = /^https?:/i.test(name) || /^[\w-]+(\.[\w-]+)+\/./.test(name);
  const found = isAddress ? accountsAt(name) : [];
  if (platform === undefined && isAddress) {
    if (found.length === 0) {
      throw new UsageError(`${name}: names no account; give the address of the profile`);
    }
    return found.map((account) =>
      checked(name, { ...account, ...(instance === undefined ? {} : { instance }) }),
    );
  }
  const here = found.filter((account) => account.platform === platform?.toLowerCase());
  if (here.length > 0) return here.map((account) => checked(name, account));
  const guessed = /.@./.test(name) ? 'mastodon' : 'bluesky';
  return [checked(name, { platform: platform ?? guessed, handle: name, instance })];
}

/** The likeliest of {@link accountsNamed}. */
export function accountNamed(name: string, place: Place): Account {
  const [account] = accountsNamed(name, place);
  if (account === undefined) throw new UsageError(`${name}: names no account`);
  return account;
}

function checked(name: string, account: object): Account {
  const parsed = AccountSchema.safeParse(account);
  if (!parsed.success) throw new UsageError(`${name}: ${describeIssues(parsed.error).join('; ')}`);
  return parsed.data;
}
