import { type Account } from '@leakwatch/contracts';
import { type DueAccount } from '../../queries/account-polls.ts';

/** A budget that no test uses up. */
export const PLENTY = { perMinute: 6000, burst: 100 };

/** An account that was never polled, or goes on from an earlier poll. */
export function targetOf(account: Account, earlier: Partial<DueAccount> = {}) {
  const due: DueAccount = {
    account: account.handle ?? '',
    resolvedUrl: null,
    etag: null,
    lastModified: null,
    failures: 0,
    memory: null,
    postedAt: null,
    ...earlier,
  };
  return { account, due, pace: 1 };
}

export function feedTarget(address: string) {
  return targetOf({ platform: 'feed', handle: address });
}
