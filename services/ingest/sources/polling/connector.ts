import { type Account, type SubmittedPost } from '@leakwatch/contracts';
import { type DueAccount, type PollOutcome } from '../../queries/account-polls.ts';
import { type AccountStream } from './account-stream.ts';

/** A platform that is polled account by account. Each connector is one of these, in a folder of its own. */
export interface PollingConnector {
  /** The source's name, kept in each post's provenance. */
  readonly name: string;
  readonly platform: string;
  /** Milliseconds between two polls of an account that posts often. */
  readonly intervalMs: number;
  /** Polls one account. Failures are a result; it rejects only if the signal is aborted. */
  poll(target: PollTarget, signal: AbortSignal): Promise<PollResult>;
  /** The platform's id of the account, as a poll's memory has it. Absent: the watch list's own name of an account stays. */
  nativeIdIn?(memory: unknown): string | null;
  /**
   * Opens the platform's stream; a platform without one is only polled.
   *
   * @param checkpoint - the stream's place that was saved last
   */
  openStream?(checkpoint: string | null, clock: () => Date): AccountStream;
  close(): Promise<void>;
}

export interface PollTarget {
  /** The account as the watch list has it. */
  readonly account: Account;
  readonly due: DueAccount;
  /** The platform told that its name, server or standing changed. */
  readonly hasMoved?: boolean;
}

/** A poll's place: what the next poll of the account starts from. */
type Place = Partial<Pick<DueAccount, 'resolvedUrl' | 'etag' | 'lastModified' | 'memory'>>;

export type PollResult =
  | {
      readonly kind: 'ok';
      /** New and changed posts, the oldest first. */
      readonly posts: readonly SubmittedPost[];
      readonly place: Place;
      /** Something to put right, though the account is heard; null: nothing. */
      readonly note?: string | null;
    }
  | PollFailure
  | Postponed;

export interface PollFailure {
  readonly kind: 'failed';
  readonly state: Exclude<PollOutcome['state'], 'new' | 'ok' | null>;
  readonly problem: string;
  /** The host asks to be left alone for this time; null if it does not say. */
  readonly retryAfterMs: number | null;
  /** Changes of the place all the same. */
  readonly place?: Place;
}

/** The host was not asked: its budget of requests is used up. */
export interface Postponed {
  readonly kind: 'postponed';
  readonly waitMs: number;
  /** Parts of the poll that were done before: the next poll does not repeat them. */
  readonly place?: Place;
}

export function failure(
  problem: string,
  { state = 'failing', retryAfterMs = null, place }: Partial<Omit<PollFailure, 'kind' | 'problem'>> = {},
): PollFailure {
  return { kind: 'failed', state, problem, retryAfterMs, ...(place === undefined ? {} : { place }) };
}
