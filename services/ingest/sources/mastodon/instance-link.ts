import { z } from 'zod';
import { CredentialError, type Credentials } from '../polling/credentials.ts';
import { type HttpGetter, type HttpLimits } from '../polling/http-get.ts';
import { startLiveSocket } from '../streaming/live-socket.ts';
import { parseMessage } from '../streaming/parse-message.ts';
import { type AccountAddress } from './account-address.ts';
import { findStreaming } from './find-streaming.ts';

/** An instance that does not stream is asked again as often. */
const LONGEST_WAIT_MS = 3_600_000;
/** Posts of each account whose deletion is understood. */
const KNOWN_POSTS = 50;

const MessageSchema = z.object({ event: z.string(), payload: z.string() });
const StatusSchema = z.object({ id: z.string(), account: z.object({ id: z.string() }) });

interface InstanceLinkOptions {
  readonly platform: string;
  readonly address: AccountAddress;
  readonly http: HttpGetter;
  readonly limits: HttpLimits;
  readonly credentials: Credentials;
  readonly onAccount: (key: string) => void;
}

export type InstanceLink = ReturnType<typeof startInstanceLink>;

/**
 * Listens to the public posts of one instance. It streams neither boosts nor unlisted posts, and tells nothing of the time
 * before it was opened: polls find those.
 */
export function startInstanceLink({
  platform,
  address,
  http,
  limits,
  credentials,
  onAccount,
}: InstanceLinkOptions) {
  const keyById = new Map<string, string>();
  const postsByKey = new Map<string, readonly string[]>();
  const stopping = new AbortController();

  const tokenOf = async (): Promise<string | null> => {
    try {
      return (await credentials.find(platform, address.host))?.token ?? null;
    } catch (error) {
      // The polls tell of it.
      if (!(error instanceof CredentialError)) throw error;
      return null;
    }
  };

  const socket = startLiveSocket({
    limits,
    longestWaitMs: LONGEST_WAIT_MS,
    target: async () => {
      const token = await tokenOf();
      const url = token === null ? null : await findStreaming(http, address, token, stopping.signal);
      return url === null ? null : { url, headers: { authorization: `Bearer ${token}` } };
    },
    // Finds posts from while nobody listened.
    onOpen: () => {
      for (const key of keyById.values()) onAccount(key);
    },
    onMessage: (text) => {
      const message = parseMessage(text, MessageSchema);
      if (message === null) return;
      if (message.event === 'delete') {
        for (const [key, posts] of postsByKey) if (posts.includes(message.payload)) onAccount(key);
        return;
      }
      const status = parseMessage(message.payload, StatusSchema);
      const key = status === null ? undefined : keyById.get(status.account.id);
      if (key !== undefined) onAccount(key);
    },
    // Its accounts are polled as often as without a stream.
    onDown: () => undefined,
  });

  return {
    notePolled: (key: string, id: string, posts: readonly string[]): void => {
      keyById.set(id, key);
      postsByKey.set(key, posts.slice(0, KNOWN_POSTS));
    },
    keep: (keys: ReadonlySet<string>): void => {
      for (const [id, key] of keyById) if (!keys.has(key)) keyById.delete(id);
      for (const key of postsByKey.keys()) if (!keys.has(key)) postsByKey.delete(key);
    },
    isEmpty: (): boolean => keyById.size === 0,
    stop: async (): Promise<void> => {
      stopping.abort();
      await socket.stop();
    },
  };
}
