import { type Account } from '@leakwatch/contracts';

/** An account of the watch list, as a stream needs it. */
export interface StreamedAccount {
  /** As the table of polls names it. */
  readonly key: string;
  readonly account: Account;
  /** The memory that its connector keeps, if it was polled already. */
  readonly memory: unknown;
}

/** Accounts to poll before their time. */
export interface Nudges {
  readonly accounts: ReadonlySet<string>;
  /** Those among them whose name, server or standing changed: their place is to be looked up again. */
  readonly moved: ReadonlySet<string>;
  /** Set after a gap in the stream that it does not fill itself: any account may have posted. */
  readonly all: boolean;
  /** Everything up to this place of the stream is in these nudges or those before; null: unknown. */
  readonly cursor: string | null;
}

/**
 * A stream that tells which accounts have posted. It brings no posts: the account is polled at once, as it would be later. So
 * what a stream leaves out, repeats or invents costs a poll and no post.
 */
export interface AccountStream {
  /** Listens for these accounts, and for no other any more. */
  follow(accounts: readonly StreamedAccount[]): void;
  /**
   * Hears of a poll that succeeded.
   *
   * @param isUntold - it found posts that the stream had not told of
   */
  notePolled(account: StreamedAccount, isUntold: boolean): void;
  /** Gives what was heard since the last call. */
  take(): Nudges;
  /** Resolves once there is something to take. */
  heard(): Promise<void>;
  /** True if the stream is up and tells of everything that this account does. */
  covers(key: string): boolean;
  stop(): Promise<void>;
}
