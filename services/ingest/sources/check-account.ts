import { AccountSchema, describeIssues, type Account, type SubmittedPost } from '@leakwatch/contracts';
import { silentLogger, UsageError } from '@leakwatch/runtime';
import { NEVER_POLLED, type PollOutcome } from '../queries/account-polls.ts';
import { createConnectors, type PollConfig } from './connectors.ts';
import { pollAccount } from './polling/poll-account.ts';
import { channelNameOf } from './youtube/channel-name.ts';
import { YOUTUBE } from './youtube/video-post.ts';

export interface CheckedAccount {
  readonly outcome: PollOutcome;
  readonly posts: number;
  /** The newest post as ingest would take it; null without one. */
  readonly newest: SubmittedPost | null;
}

/**
 * The account as the watch list would have it. The address of a channel is on YouTube, any other web address a feed, `ana@social.example`
 * on Mastodon.
 *
 * @throws UsageError if it is none
 */
export function accountNamed(
  name: string,
  { platform, instance }: { readonly platform?: string | undefined; readonly instance?: string | undefined },
): Account {
  const parsed = AccountSchema.safeParse({
    platform: platform ?? guessPlatform(name),
    handle: name,
    instance,
  });
  if (!parsed.success) throw new UsageError(`${name}: ${describeIssues(parsed.error).join('; ')}`);
  return parsed.data;
}

function guessPlatform(name: string): string {
  if (/^https?:/i.test(name))
    return channelNameOf({ platform: YOUTUBE, handle: name }) === null ? 'feed' : YOUTUBE;
  return /.@./.test(name) ? 'mastodon' : 'bluesky';
}

/**
 * Polls one account as ingest would, and keeps nothing of it.
 *
 * @throws UsageError if no connector polls its platform
 */
export async function checkAccount(account: Account, config: PollConfig): Promise<CheckedAccount> {
  const clock = () => new Date();
  const connectors = createConnectors(config, clock, silentLogger());
  const connector = connectors.find(({ platform }) => platform === account.platform);
  if (connector === undefined) {
    const platforms = connectors.map(({ platform }) => platform).join(', ');
    throw new UsageError(`${account.platform} is not polled; these are: ${platforms}`);
  }
  const target = { account, due: { ...NEVER_POLLED, account: '' }, pace: 1 };
  try {
    const { posts, outcome } = await pollAccount(connector, target, clock, new AbortController().signal);
    return { outcome, posts: posts.length, newest: posts.at(-1) ?? null };
  } finally {
    for (const one of connectors) await one.close();
  }
}
