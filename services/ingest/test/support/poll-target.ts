import { type Account } from '@leakwatch/contracts';
import { NEVER_POLLED, type DueAccount } from '../../queries/account-polls.ts';

/** A budget that no test uses up. */
export const PLENTY = { perMinute: 6000, burst: 100 };

/** An account that was never polled, or goes on from an earlier poll. */
export function targetOf(account: Account, earlier: Partial<DueAccount> = {}) {
  const due: DueAccount = { account: account.handle ?? '', ...NEVER_POLLED, ...earlier };
  return { account, due, pace: 1 };
}

export function feedTarget(address: string) {
  return targetOf({ platform: 'feed', handle: address });
}
