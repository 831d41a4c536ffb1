import { type Credentials } from '../polling/credentials.ts';
import { type HttpGetter, type HttpLimits } from '../polling/http-get.ts';
import { type AccountStream } from '../polling/account-stream.ts';
import { createNudgeBox } from '../streaming/nudge-box.ts';
import { addressOf } from './account-address.ts';
import { startInstanceLink, type InstanceLink } from './instance-link.ts';
import { MemorySchema } from './memory.ts';

interface InstanceStreamsOptions {
  readonly platform: string;
  readonly http: HttpGetter;
  readonly limits: HttpLimits;
  readonly credentials: Credentials;
}

/** Listens to each instance that holds accounts of the watch list, has a token, and streams. */
export function createInstanceStreams(options: InstanceStreamsOptions): AccountStream {
  const box = createNudgeBox();
  const links = new Map<string, InstanceLink>();
  const ending = new Set<Promise<void>>();
  return {
    follow: (accounts) => {
      const keys = new Set(accounts.map(({ key }) => key));
      for (const [host, link] of links) {
        link.keep(keys);
        if (!link.isEmpty()) continue;
        links.delete(host);
        const end = link.stop().finally(() => ending.delete(end));
        ending.add(end);
      }
    },
    notePolled: ({ key, account, memory }) => {
      const address = addressOf(account);
      const pinned = MemorySchema.safeParse(memory).data;
      if (address === null || pinned === undefined) return;
      const link =
        links.get(address.host) ??
        startInstanceLink({
          ...options,
          address,
          onAccount: (heard) => {
            box.add(heard);
          },
        });
      links.set(address.host, link);
      const posts = pinned.recent.map(({ id, key: name }) => name ?? id);
      link.notePolled(key, pinned.id, posts);
    },
    take: () => ({ ...box.take(), cursor: null }),
    heard: () => box.heard(),
    covers: () => false,
    stop: async () => {
      await Promise.all([...ending, ...[...links.values()].map((link) => link.stop())]);
    },
  };
}
