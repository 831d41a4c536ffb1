import { type SubmittedPost } from '@leakwatch/contracts';
import { type PollOutcome } from '../../queries/account-polls.ts';
import {
  failure,
  type PollFailure,
  type PollingConnector,
  type PollResult,
  type PollTarget,
} from './connector.ts';
import { quietFactor } from './pace.ts';

export interface PolledAccount {
  readonly posts: readonly SubmittedPost[];
  readonly outcome: PollOutcome;
}

const LONGEST_WAIT_MS = 6 * 3_600_000;
/** How much more rarely an account is polled whose stream tells of each post: often enough to notice one that does not. */
const STREAMED = 10;

interface PacedTarget extends PollTarget {
  /** A factor of the connector's interval. */
  readonly pace: number;
  /** True if a stream tells of each post of the account. Asked once the poll has ended. */
  readonly isStreamed?: () => boolean;
}

/** Polls an account and decides when it is polled next. */
export async function pollAccount(
  connector: PollingConnector,
  target: PacedTarget,
  clock: () => Date,
  signal: AbortSignal,
): Promise<PolledAccount> {
  const result = await pollSafely(connector, target, signal);
  const { due } = target;
  const { platform } = connector;
  switch (result.kind) {
    case 'ok': {
      const postedAt = latestOf(result.posts, due.postedAt, clock());
      const ownMs = connector.intervalMs * target.pace * quietFactor(postedAt, clock());
      const isStreamed = target.isStreamed?.() ?? false;
      const intervalMs = isStreamed ? Math.max(ownMs, connector.intervalMs * STREAMED) : ownMs;
      // Spreads accounts that were added together.
      const waitMs = Math.round(intervalMs * (0.9 + 0.2 * Math.random()));
      const standing = { failures: 0, state: 'ok' as const, problem: result.note ?? null };
      return {
        posts: result.posts,
        outcome: { ...due, ...result.place, ...standing, platform, postedAt, waitMs },
      };
    }
    case 'postponed': {
      const standing = { state: null, problem: null } as const;
      // Accounts of one host share its budget: a random wait keeps them from coming back together.
      const waitMs = Math.round(result.waitMs + connector.intervalMs * 0.2 * Math.random());
      return { posts: [], outcome: { ...due, ...result.place, ...standing, platform, waitMs } };
    }
    case 'failed':
      return { posts: [], outcome: failedOutcome(target, result, connector) };
  }
}

/** A document that its reader fails on ends the poll of its account, and no other. */
async function pollSafely(
  connector: PollingConnector,
  target: PollTarget,
  signal: AbortSignal,
): Promise<PollResult> {
  try {
    return await connector.poll(target, signal);
  } catch (error) {
    signal.throwIfAborted();
    // The message may quote the document.
    return failure(`the answer could not be read (${error instanceof Error ? error.name : 'unknown error'})`);
  }
}

function failedOutcome(
  { due }: PollTarget,
  { state, problem, retryAfterMs, place }: PollFailure,
  { platform, intervalMs }: PollingConnector,
): PollOutcome {
  const failures = due.failures + 1;
  const most = Math.min(intervalMs * 2 ** Math.min(failures, 20), LONGEST_WAIT_MS);
  // The back-off is wholly at random: accounts of one host do not come back together.
  const waitMs = Math.round(Math.max(retryAfterMs ?? 0, intervalMs) + most * Math.random());
  return { ...due, ...place, platform, failures, state, problem, waitMs };
}

/** A time in the future says nothing about when an account posts. */
function latestOf(posts: readonly SubmittedPost[], known: Date | null, now: Date): Date | null {
  const times = posts
    .map(({ publishedAt }) => Date.parse(publishedAt ?? ''))
    .filter((time) => time <= now.getTime());
  const latest = Math.max(known?.getTime() ?? -Infinity, ...times);
  return Number.isFinite(latest) ? new Date(latest) : null;
}
