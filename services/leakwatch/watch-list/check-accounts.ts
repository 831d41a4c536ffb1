import { setTimeout as sleep } from 'node:timers/promises';
import { type Account } from '@leakwatch/contracts';
import { type AccountChecker, type CheckedAccount } from '@leakwatch/ingest';

/** Accounts asked for at once, as ingest does. */
const AT_ONCE = 8;
const LONGEST_NAP_MS = 1_000;

export interface AccountChecks {
  readonly checked: ReadonlyMap<Account, CheckedAccount>;
  /** Accounts that there was no time for. */
  readonly untried: readonly Account[];
  /** Accounts whose platform is not polled. */
  readonly unpolled: readonly Account[];
}

/** Polls each account once, within the budget of each host, until the time is over. */
export async function checkAccounts(
  accounts: readonly Account[],
  checker: Pick<AccountChecker, 'platforms' | 'check'>,
  { forMs, onChecked }: { readonly forMs: number; readonly onChecked?: (count: number) => void },
): Promise<AccountChecks> {
  const until = performance.now() + forMs;
  const polled = accounts.filter(({ platform }) => checker.platforms.includes(platform));
  const queue = forMs === 0 ? [] : [...polled];
  const checked = new Map<Account, CheckedAccount>();
  const run = async () => {
    for (let account = queue.shift(); account !== undefined; account = queue.shift()) {
      if (performance.now() > until) return;
      const result = await checker.check(account);
      if (result.outcome.state !== null) {
        checked.set(account, result);
        onChecked?.(checked.size);
      } else {
        // The host's budget is used up: others first.
        queue.push(account);
        const left = Math.max(until - performance.now(), 0);
        await sleep(Math.min(result.outcome.waitMs, left, LONGEST_NAP_MS));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return {
    checked,
    untried: polled.filter((account) => !checked.has(account)),
    unpolled: accounts.filter((account) => !polled.includes(account)),
  };
}
