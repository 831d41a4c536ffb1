import { type Account } from '@leakwatch/contracts';
import { z } from 'zod';
import { type HttpLimits } from '../polling/http-get.ts';
import { type AccountStream, type StreamedAccount } from '../polling/account-stream.ts';
import { createNudgeBox } from '../streaming/nudge-box.ts';
import { MOST_DIDS, startJetstreamLink, type JetstreamLink } from './jetstream-link.ts';

const PinnedSchema = z.object({ did: z.string() });
const CursorSchema = z.coerce.number().int().positive();

interface JetstreamOptions {
  /** The Jetstream's address: `wss://host`. */
  readonly url: string;
  readonly limits: HttpLimits;
  readonly clock: () => Date;
}

/** Listens to a Jetstream for the accounts that are pinned to a DID: as many sockets as their number takes. */
export function createJetstream(
  { url, limits, clock }: JetstreamOptions,
  checkpoint: string | null,
): AccountStream {
  const box = createNudgeBox();
  const links: JetstreamLink[] = [];
  const start = CursorSchema.safeParse(checkpoint).data ?? null;
  /** A DID by its account, and the other way round: the watch list may name one account twice. */
  const didByKey = new Map<string, string>();
  const keysByDid = new Map<string, Set<string>>();

  const linkOf = (did: string) => links.find((link) => link.has(did));
  const place = (did: string) => {
    if (linkOf(did) !== undefined) return;
    const open = links.find((link) => link.size() < MOST_DIDS);
    if (open !== undefined) {
      open.add(did);
      return;
    }
    const link = startJetstreamLink({
      url,
      limits,
      clock,
      cursor: links.length === 0 ? start : null,
      firstDid: did,
      onAccount: (heard, isMoved) => {
        for (const key of keysByDid.get(heard) ?? []) box.add(key, isMoved);
      },
      onGap: () => {
        box.addAll();
      },
    });
    links.push(link);
  };
  const pin = ({ key, account, memory }: StreamedAccount) => {
    const did = PinnedSchema.safeParse(memory).data?.did ?? givenDid(account);
    const before = didByKey.get(key);
    if (did === undefined || did === before) return;
    if (before !== undefined) keysByDid.get(before)?.delete(key);
    didByKey.set(key, did);
    keysByDid.set(did, (keysByDid.get(did) ?? new Set()).add(key));
    place(did);
  };

  return {
    follow: (accounts) => {
      const keys = new Set(accounts.map(({ key }) => key));
      for (const [key, did] of didByKey) {
        if (keys.has(key)) continue;
        didByKey.delete(key);
        keysByDid.get(did)?.delete(key);
      }
      for (const link of links) link.keep((did) => (keysByDid.get(did)?.size ?? 0) > 0);
      for (const account of accounts) pin(account);
    },
    notePolled: (account, isUntold) => {
      const did = didByKey.get(account.key);
      if (isUntold && did !== undefined) linkOf(did)?.doubt();
      pin(account);
    },
    take: () => ({ ...box.take(), cursor: placeOf(links) }),
    heard: () => box.heard(),
    covers: (key) => {
      const did = didByKey.get(key);
      return did !== undefined && linkOf(did)?.covers(did) === true;
    },
    stop: async () => {
      await Promise.all(links.map((link) => link.stop()));
    },
  };
}

function givenDid({ nativeId, handle }: Account): string | undefined {
  return [nativeId, handle].find((name) => name?.startsWith('did:'));
}

/** The place before which nothing is missing: links that are up are as far as the one that is furthest. */
function placeOf(links: readonly JetstreamLink[]): string | null {
  const places = links.flatMap((link) => link.cursor() ?? []);
  if (places.length === 0) return null;
  const behind = links.filter((link) => !link.isUp()).flatMap((link) => link.cursor() ?? []);
  return String(Math.min(Math.max(...places), ...behind));
}
