import { z } from 'zod';
import { type HttpLimits } from '../polling/http-get.ts';
import { startLiveSocket } from '../streaming/live-socket.ts';
import { parseMessage } from '../streaming/parse-message.ts';

/** Accounts that a Jetstream takes on one socket. */
export const MOST_DIDS = 10_000;

const COLLECTION = 'app.bsky.feed.post';
/** Accounts that come and go together are told at once. */
const TELL_AFTER_MS = 100;
/** A Jetstream keeps a day of events. From an older place on it begins with its oldest, and does not say so. */
const REPLAYED_US = 23 * 3_600_000_000;
/** Clocks differ as much. A place further ahead is of a wrong clock. */
const AHEAD_US = 60_000_000;
/** Events of one time may have come in part: the last seconds are asked for again. */
const REWIND_US = 5_000_000;
const LONGEST_WAIT_MS = 60_000;
const REFUSED = 1008;

const EventSchema = z.object({
  did: z.string(),
  time_us: z.int().positive(),
  kind: z.string(),
  commit: z.object({ collection: z.string() }).optional(),
});

/** A message about the stream itself, as relays send it. */
const NoticeSchema = z.object({ name: z.enum(['OutdatedCursor', 'FutureCursor', 'ConsumerTooSlow']) });

interface JetstreamLinkOptions {
  readonly url: string;
  readonly limits: HttpLimits;
  /** Place to go on from, in microseconds since 1970; null: from now on. */
  readonly cursor: number | null;
  readonly firstDid: string;
  readonly clock: () => Date;
  /** An account has posted, or (`isMoved`) its name, server or standing changed. */
  readonly onAccount: (did: string, isMoved: boolean) => void;
  /** Events may have been missed, and will not come. */
  readonly onGap: () => void;
}

export type JetstreamLink = ReturnType<typeof startJetstreamLink>;

/** One socket to a Jetstream, for a share of the accounts. */
export function startJetstreamLink(options: JetstreamLinkOptions) {
  const { onAccount, onGap, clock } = options;
  let cursor = options.cursor;
  let dids = new Set([options.firstDid]);
  /** The accounts that the other side was told of. */
  let told = new Set<string>();
  let isDown = false;
  let isDoubted = false;
  let telling: NodeJS.Timeout | null = null;

  const usableCursor = (): number | null => {
    const now = clock().getTime() * 1000;
    const isUsable = cursor !== null && cursor > now - REPLAYED_US && cursor < now + AHEAD_US;
    return isUsable ? cursor : null;
  };

  const tell = (send: (text: string) => void) => {
    told = new Set(dids);
    const payload = { wantedCollections: [COLLECTION], wantedDids: [...told], maxMessageSizeBytes: 0 };
    send(JSON.stringify({ type: 'options_update', payload }));
  };

  const socket = startLiveSocket({
    limits: options.limits,
    longestWaitMs: LONGEST_WAIT_MS,
    // Without accounts a Jetstream sends everybody's posts.
    target: () => {
      if (dids.size === 0) return Promise.resolve(null);
      cursor = usableCursor();
      const url = new URL('/subscribe', options.url);
      url.searchParams.set('wantedCollections', COLLECTION);
      url.searchParams.set('requireHello', 'true');
      if (cursor !== null) url.searchParams.set('cursor', String(cursor - REWIND_US));
      return Promise.resolve({ url: url.href, headers: {} });
    },
    onOpen: (send) => {
      isDown = false;
      tell(send);
      if (cursor === null) onGap();
    },
    onMessage: (text) => {
      const event = parseMessage(text, EventSchema);
      if (event === null) {
        if (parseMessage(text, NoticeSchema) !== null) onGap();
        return;
      }
      isDoubted = false;
      cursor = Math.max(cursor ?? 0, event.time_us);
      if (event.kind === 'commit') {
        if (event.commit?.collection === COLLECTION) onAccount(event.did, false);
      } else onAccount(event.did, true);
    },
    onDown: (failures, code) => {
      if (code === REFUSED) cursor = null;
      // The first attempt after a drop may still go on from where it was.
      if (failures > 0 && !isDown) onGap();
      isDown = failures > 0;
    },
  });

  return {
    size: (): number => dids.size,
    has: (did: string): boolean => dids.has(did),
    add: (did: string): void => {
      dids.add(did);
      tellSoon();
    },
    keep: (isKept: (did: string) => boolean): void => {
      const kept = new Set([...dids].filter(isKept));
      if (kept.size === dids.size) return;
      dids = kept;
      tellSoon();
    },
    covers: (did: string): boolean => socket.isUp() && !isDoubted && told.has(did),
    /** The stream left out a post of an account that it covers: it covers none until its next event. */
    doubt: (): void => {
      isDoubted = true;
    },
    isUp: () => socket.isUp(),
    cursor: (): number | null => cursor,
    stop: async (): Promise<void> => {
      if (telling !== null) clearTimeout(telling);
      await socket.stop();
    },
  };

  function tellSoon(): void {
    telling ??= setTimeout(() => {
      telling = null;
      if (!socket.isUp()) return;
      if (dids.size === 0) {
        socket.drop();
        return;
      }
      const added = [...dids].filter((did) => !told.has(did));
      tell((text) => {
        socket.send(text);
      });
      // Finds posts from before the stream knew of them.
      for (const did of added) onAccount(did, false);
    }, TELL_AFTER_MS).unref();
  }
}
