import { type Account } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { listPinned, makeAllDue, makeDue } from '../../queries/account-polls.ts';
import { type PollingConnector } from './connector.ts';
import { type PolledAccount } from './poll-account.ts';

interface ListeningParts {
  readonly db: Queryable;
  readonly clock: () => Date;
  /** Runs a query until the database answers. */
  readonly attempt: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/** Accounts under the names that the table of polls has for them. */
type Targets = ReadonlyMap<string, { readonly account: Account }>;

/**
 * Puts a platform's stream before its polls. An account that the stream names is made due in the table of polls, which
 * outlasts the process; only then does the stream's place move. So each thing that was told is followed by a poll.
 */
export function listenTo(
  connector: PollingConnector,
  saved: string | null,
  { db, clock, attempt }: ListeningParts,
) {
  const { platform } = connector;
  const stream = connector.openStream?.(saved, clock);
  const told = new Set<string>();
  const moved = new Set<string>();
  let followed: Targets | null = null;
  let checkpoint: string | null = null;

  return {
    /** Listens for the accounts of the watch list. */
    follow: async (targets: Targets, signal: AbortSignal): Promise<void> => {
      if (stream === undefined || targets === followed) return;
      const pinned = await attempt(() => listPinned(db, platform), signal);
      stream.follow(
        [...targets].map(([key, { account }]) => ({ key, account, memory: pinned.get(key) ?? null })),
      );
      followed = targets;
    },
    /** Makes the accounts due that were told of since the last call. */
    hear: async (signal: AbortSignal): Promise<void> => {
      if (stream === undefined) return;
      const nudges = stream.take();
      if (nudges.accounts.size > 0) {
        await attempt(() => makeDue(db, platform, [...nudges.accounts]), signal);
      }
      if (nudges.all) await attempt(() => makeAllDue(db, platform, connector.intervalMs), signal);
      for (const key of nudges.accounts) told.add(key);
      for (const key of nudges.moved) moved.add(key);
      checkpoint = nudges.cursor ?? checkpoint;
    },
    /** Resolves once there is something to hear; null: nothing ever is. */
    heard: (): Promise<void> | null => stream?.heard() ?? null,
    /** Begins a poll: says what the stream knows of the account. */
    begin: (key: string) => ({
      hasMoved: moved.delete(key),
      isStreamed: () => stream?.covers(key) ?? false,
    }),
    /** Ends a poll. */
    end: ({ posts, outcome }: PolledAccount, account: Account | undefined): void => {
      const { account: key, memory, state } = outcome;
      const wasTold = told.delete(key);
      if (account === undefined || state !== 'ok') return;
      stream?.notePolled({ key, account, memory }, posts.length > 0 && !wasTold);
    },
    /** The place of the stream to save; null: it has none. */
    checkpoint: (): string | null => checkpoint,
    stop: async (): Promise<void> => {
      await stream?.stop();
    },
  };
}
