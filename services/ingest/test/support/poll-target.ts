import { type Account } from '@leakwatch/contracts';
import { NEVER_POLLED, type DueAccount, type PollOutcome } from '../../queries/account-polls.ts';
import { type PollingConnector } from '../../sources/polling/connector.ts';
import { pollAccount } from '../../sources/polling/poll-account.ts';

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

/** Polls an account again and again: each call goes on from the one before. */
export function startPollingOf(
  connector: PollingConnector,
  account: Account,
  clock: () => Date = () => new Date(),
) {
  let earlier: Partial<PollOutcome> = {};
  return async () => {
    const target = targetOf(account, earlier);
    const polled = await pollAccount(connector, target, clock, new AbortController().signal);
    earlier = polled.outcome;
    return polled;
  };
}
