import { type Account } from '@leakwatch/contracts';
import { z } from 'zod';
import {
  failure,
  type PollFailure,
  type PollingConnector,
  type PollTarget,
  type Postponed,
} from '../polling/connector.ts';
import { getJson } from '../polling/get-json.ts';
import { type HttpGetter, type HttpLimits } from '../polling/http-get.ts';
import { readBack, type Listing } from '../polling/read-back.ts';
import { deletionOf, listedPost, RecentPostSchema } from '../polling/recent-posts.ts';
import { createJetstream } from './jetstream.ts';
import { postOfRecord, rkeyOf, type RecordOrigin } from './record-post.ts';
import { RecordsSchema, type ListedRecord } from './record-schema.ts';
import { findRepository, resolveHandle, type Directories } from './resolve-account.ts';
import { tidTime } from './tid-time.ts';

const PLATFORM = 'bluesky';
const INSTANCE = 'bsky';
const COLLECTION = 'app.bsky.feed.post';
const PAGE = 100;
/** A repository that moves says so at its old server, too; this finds one that does not. */
const ADDRESS_KEPT_MS = 24 * 3_600_000;

const MemorySchema = z.object({
  /** The account's id for good: its handle and its server may change. */
  did: z.string(),
  /** Null: to be found again. */
  pds: z.string().nullable(),
  foundAt: z.number(),
  /** The handle that the account claims. */
  handle: z.string().nullable(),
  recent: z.array(RecentPostSchema),
});
type Memory = z.infer<typeof MemorySchema>;

/** A memory whose repository is known. */
type Place = Memory & { readonly pds: string };

/** Accounts of Bluesky, read from the server that holds their repository. */
export function createBlueskyConnector(
  http: HttpGetter,
  directories: Directories,
  {
    intervalMs,
    jetstream,
    limits,
  }: {
    readonly intervalMs: number;
    /** The address of a Jetstream; null: listen to none. */
    readonly jetstream: string | null;
    readonly limits: HttpLimits;
  },
): PollingConnector {
  const pin = async (
    { account, due }: PollTarget,
    signal: AbortSignal,
  ): Promise<Memory | PollFailure | Postponed> => {
    const known = MemorySchema.safeParse(due.memory).data;
    if (known !== undefined && (account.nativeId ?? known.did) === known.did) return known;
    const handle = handleOf(account);
    const given = account.nativeId ?? (handle.startsWith('did:') ? handle : undefined);
    const did = given ?? (await resolveHandle(http, handle, directories, signal));
    if (typeof did !== 'string') return did;
    return { did, pds: null, foundAt: 0, handle: null, recent: [] };
  };

  const locate = async (
    memory: Memory,
    hasMoved: boolean,
    signal: AbortSignal,
  ): Promise<Place | PollFailure | Postponed> => {
    const { pds } = memory;
    if (pds !== null && !hasMoved && Date.now() - memory.foundAt < ADDRESS_KEPT_MS) return { ...memory, pds };
    const found = await findRepository(http, memory.did, directories, signal);
    if (found.kind !== 'repository') return found;
    return { ...memory, pds: found.pds, handle: found.handle, foundAt: Date.now() };
  };

  const listingOf = (origin: RecordOrigin, signal: AbortSignal): Listing => ({
    readPage: async (cursor) => {
      const query = { repo: origin.did, collection: COLLECTION, limit: String(PAGE) };
      const url = methodAddress(origin, 'listRecords', { ...query, ...(cursor === null ? {} : { cursor }) });
      const answer = await getJson(http, url, { schema: RecordsSchema, what: 'a list of records', signal });
      if (answer.kind !== 'document') return answer;
      const { records, cursor: next } = answer.value;
      const listed = records.map((record) =>
        listedPost(postOfRecord(record, origin), timeOf(record), { version: record.cid }),
      );
      return { kind: 'document', value: { listed, next: next ?? null } };
    },
    isGone: async ({ id }) => {
      const query = { repo: origin.did, collection: COLLECTION, rkey: rkeyOf(id) };
      const url = methodAddress(origin, 'getRecord', query);
      const answer = await getJson(http, url, { schema: z.unknown(), what: 'a record', signal });
      if (answer.kind === 'postponed') return answer;
      const isGone = answer.kind === 'failed' && (answer.status === 400 || answer.status === 404);
      return { kind: 'document', value: isGone };
    },
  });

  return {
    name: PLATFORM,
    platform: PLATFORM,
    intervalMs,
    poll: async (target, signal) => {
      const { account } = target;
      const pinned = await pin(target, signal);
      if ('kind' in pinned) return pinned;
      const place = await locate(pinned, target.hasMoved ?? false, signal);
      if ('kind' in place) return { ...place, place: { memory: pinned } };
      const { did, pds } = place;
      const handle = account.handle ?? place.handle ?? '';
      const origin = { did, pds, handle, instance: account.instance ?? INSTANCE };
      const read = await readBack(listingOf(origin, signal), place.recent, signal);
      if (read.kind === 'postponed') return { ...read, place: { memory: place } };
      // The server may have lost the repository to another one: the next poll asks the directory.
      const lost = { memory: { ...place, pds: null } };
      if (read.kind === 'failed') {
        if (read.status !== 400 && read.status !== 404) return { ...read, place: lost };
        const problem = 'its server has no such repository: deactivated, taken down, deleted or moved';
        return failure(problem, { state: 'gone', place: lost });
      }
      const identity = { platform: PLATFORM, instance: origin.instance, author: { id: did, handle } };
      return {
        kind: 'ok',
        posts: [...read.posts, ...read.gone.map((uri) => deletionOf(uri, identity))],
        place: { memory: { ...place, recent: read.recent } },
        note: read.isCut ? 'more posts since the last poll than are read at once' : noteOf(account, place),
      };
    },
    nativeIdIn: (memory) => MemorySchema.safeParse(memory).data?.did ?? null,
    ...(jetstream === null
      ? {}
      : {
          openStream: (checkpoint, clock) => createJetstream({ url: jetstream, limits, clock }, checkpoint),
        }),
    close: () => http.close(),
  };
}

function handleOf({ handle = '' }: Account): string {
  return handle.replace(/^@/, '').toLowerCase();
}

function methodAddress({ pds }: RecordOrigin, method: string, query: Record<string, string>): string {
  return `${pds}/xrpc/com.atproto.repo.${method}?${new URLSearchParams(query).toString()}`;
}

/** The time in the record's key, by which the server orders; the creator writes the other time, and may write any. */
function timeOf({ uri, value }: ListedRecord): number {
  const written = Date.parse(value.createdAt ?? '');
  return tidTime(rkeyOf(uri)) ?? (Number.isNaN(written) ? 0 : written);
}

function noteOf(account: Account, { handle }: Memory): string | null {
  const listed = handleOf(account);
  if (listed === '' || listed.startsWith('did:') || handle === null || handle.toLowerCase() === listed)
    return null;
  return `the account is called @${handle} now: correct the watch list`;
}
