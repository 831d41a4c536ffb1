import { type Account, type SubmittedPost } from '@leakwatch/contracts';
import { silentLogger, UsageError } from '@leakwatch/runtime';
import { NEVER_POLLED, type PollOutcome } from '../queries/account-polls.ts';
import { createConnectors, type PollConfig } from './connectors.ts';
import { pollAccount } from './polling/poll-account.ts';

export interface CheckedAccount {
  readonly outcome: PollOutcome;
  readonly posts: number;
  /** The newest post as ingest would take it; null without one. */
  readonly newest: SubmittedPost | null;
  /** The platform's own id of the account, which outlives its handle; null where there is none. */
  readonly nativeId: string | null;
}

export interface AccountChecker {
  /** Platforms that it can poll. */
  readonly platforms: readonly string[];
  /**
   * Polls an account as ingest would, and keeps nothing of it.
   *
   * @throws UsageError if no connector polls its platform
   */
  check(account: Account, signal?: AbortSignal): Promise<CheckedAccount>;
  close(): Promise<void>;
}

/** Opens connectors to check accounts with: together, they keep to the budget of each host. */
export function openAccountChecker(config: PollConfig): AccountChecker {
  const clock = () => new Date();
  const connectors = createConnectors(config, clock, silentLogger());
  const platforms = connectors.map(({ platform }) => platform);
  return {
    platforms,
    check: async (account, signal = new AbortController().signal) => {
      const connector = connectors.find(({ platform }) => platform === account.platform);
      if (connector === undefined) {
        throw new UsageError(`${account.platform} is not polled; these are: ${platforms.join(', ')}`);
      }
      const target = { account, due: { ...NEVER_POLLED, account: '' }, pace: 1 };
      const { posts, outcome } = await pollAccount(connector, target, clock, signal);
      const nativeId = connector.nativeIdIn?.(outcome.memory) ?? null;
      return { outcome, posts: posts.length, newest: posts.at(-1) ?? null, nativeId };
    },
    close: async () => {
      for (const one of connectors) await one.close();
    },
  };
}

/**
 * Polls accounts that a name may mean, one after another until one is heard.
 *
 * @returns the account that was heard; without one, the first that was polled
 * @throws UsageError if no connector polls any of them
 */
export async function checkAccount(
  candidates: readonly Account[],
  config: PollConfig,
): Promise<CheckedAccount & { readonly account: Account }> {
  const checker = openAccountChecker(config);
  try {
    const polled = candidates.filter(({ platform }) => checker.platforms.includes(platform));
    const results = [];
    for (const account of polled.length === 0 ? candidates : polled) {
      const result = { account, ...(await checker.check(account)) };
      if (result.outcome.state === 'ok') return result;
      results.push(result);
    }
    const [first] = results;
    if (first === undefined) throw new UsageError('no account is named');
    return first;
  } finally {
    await checker.close();
  }
}
