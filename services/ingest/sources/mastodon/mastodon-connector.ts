import { type SubmittedPost } from '@leakwatch/contracts';
import { z } from 'zod';
import {
  failure,
  type PollFailure,
  type PollingConnector,
  type PollTarget,
  type Postponed,
} from '../polling/connector.ts';
import { type Credential, type Credentials } from '../polling/credentials.ts';
import { getJson, type JsonResult } from '../polling/get-json.ts';
import { type HttpGetter, type HttpLimits } from '../polling/http-get.ts';
import { findCredential } from '../polling/find-credential.ts';
import { readBack, type Listing } from '../polling/read-back.ts';
import { deletionOf, listedPost, type RecentPost } from '../polling/recent-posts.ts';
import { addressOf, type AccountAddress } from './account-address.ts';
import { createInstanceStreams } from './instance-streams.ts';
import { MemorySchema, type Memory } from './memory.ts';
import { postOfStatus } from './status-post.ts';
import { AccountAnswerSchema, StatusesSchema, type Status } from './status-schema.ts';

const PLATFORM = 'mastodon';
const PAGE = 40;

/** One poll's view of an instance. */
interface Visit {
  readonly address: AccountAddress;
  readonly credential: Credential | null;
  readonly signal: AbortSignal;
}

/** Accounts of Mastodon and of servers with its API: Pixelfed, GoToSocial, snac, Friendica. */
export function createMastodonConnector(
  http: HttpGetter,
  credentials: Credentials,
  { intervalMs, limits }: { readonly intervalMs: number; readonly limits: HttpLimits },
): PollingConnector {
  const ask = <T>(visit: Visit, path: string, schema: z.ZodType<T>, what: string): Promise<JsonResult<T>> => {
    const token = visit.credential?.token ?? null;
    return getJson(http, `${visit.address.origin}${path}`, { schema, what, token, signal: visit.signal });
  };

  const lookUp = (visit: Visit, user: string) =>
    ask(visit, `/api/v1/accounts/lookup?acct=${encodeURIComponent(user)}`, AccountAnswerSchema, 'an account');

  /** The account's id: pinned before, given by the watch list, or found by its handle. */
  const pin = async (
    visit: Visit,
    { account, due }: PollTarget,
  ): Promise<Memory | PollFailure | Postponed> => {
    const known = MemorySchema.safeParse(due.memory).data;
    if (known !== undefined && (account.nativeId ?? known.id) === known.id) return known;
    if (account.nativeId !== undefined) return { id: account.nativeId, recent: [] };
    const found = await lookUp(visit, visit.address.user ?? '');
    if (found.kind === 'document') return { id: found.value.id, recent: [] };
    if (found.kind === 'postponed') return found;
    if (found.status === 404) return failure('the instance has no account of this name', { state: 'gone' });
    return explain(visit, found);
  };

  /** Says what is missing where an instance refuses. */
  const explain = (
    { address, credential }: Visit,
    refused: PollFailure & { status: number | null },
  ): PollFailure => {
    const { status } = refused;
    if (status !== 401 && status !== 403 && status !== 422) return refused;
    if (credential !== null) credentials.noteRefused(credential);
    const problem =
      credential === null
        ? `the instance answered ${status}: it wants a token in ${credentials.fileFor(PLATFORM, address.host)}`
        : `the instance answered ${status}: the token in ${credential.file} is wrong or expired; make a new one`;
    return failure(problem, { state: 'refused' });
  };

  /** Tells an account that was deleted from one whose handle another has now. */
  const explainGone = async (visit: Visit, id: string): Promise<PollFailure> => {
    const { user } = visit.address;
    const found = user === null ? null : await lookUp(visit, user);
    const isOther = found?.kind === 'document' && found.value.id !== id;
    return failure(
      isOther
        ? `the account ${id} is gone, and its handle belongs to another account now: correct the watch list`
        : 'the account is gone',
      { state: 'gone' },
    );
  };

  const listingOf = (visit: Visit, id: string, handle: string | undefined, seen: SeenName): Listing => ({
    readPage: async (cursor) => {
      const before = cursor === null ? '' : `&max_id=${encodeURIComponent(cursor)}`;
      const path = `/api/v1/accounts/${encodeURIComponent(id)}/statuses?limit=${PAGE}${before}`;
      const answer = await ask(visit, path, StatusesSchema, 'a list of posts');
      if (answer.kind !== 'document') return answer;
      seen.name ??= answer.value[0]?.account.acct ?? null;
      const { instance } = visit.address;
      const listed = answer.value.map((status) => {
        const author = { id, handle: handle ?? status.account.acct };
        return listedPost(postOfStatus(status, { instance, author }), timeOf(status), { key: status.id });
      });
      return { kind: 'document', value: { listed, next: answer.value.at(-1)?.id ?? null } };
    },
    isGone: async ({ id: post, key = post }) => {
      const answer = await ask(visit, `/api/v1/statuses/${encodeURIComponent(key)}`, z.unknown(), 'a post');
      if (answer.kind === 'postponed') return answer;
      const status = answer.kind === 'failed' ? answer.status : null;
      // Some servers show single posts to members only; then the public list, which lacks the post, decides.
      const isUnsaid = status === 401 && visit.credential === null;
      return { kind: 'document', value: status === 404 || status === 410 || isUnsaid };
    },
  });

  return {
    name: PLATFORM,
    platform: PLATFORM,
    intervalMs,
    poll: async (target, signal) => {
      const { account } = target;
      const address = addressOf(account);
      if (address === null) {
        return failure('name its instance in the watch list: `instance: social.example`');
      }
      const visit = await visitOf(credentials, address, signal);
      if ('kind' in visit) return visit;
      const memory = await pin(visit, target);
      if ('kind' in memory) return memory;
      const { id } = memory;
      const seen: SeenName = { name: null };
      const read = await readBack(listingOf(visit, id, account.handle, seen), memory.recent, signal);
      if (read.kind === 'postponed') return { ...read, place: { memory } };
      if (read.kind === 'failed') {
        return read.status === 404 || read.status === 410 ? explainGone(visit, id) : explain(visit, read);
      }
      if (visit.credential !== null) credentials.noteAccepted(visit.credential);
      const identity = {
        platform: PLATFORM,
        instance: address.instance,
        author: { id, handle: account.handle ?? seen.name ?? '' },
      };
      return {
        kind: 'ok',
        posts: [
          ...answersByIds(read.posts, read.recent),
          ...read.gone.map((post) => deletionOf(post, identity)),
        ],
        place: { memory: { id, recent: read.recent } },
        note: read.isCut ? 'more posts since the last poll than are read at once' : noteOf(address, seen),
      };
    },
    nativeIdIn: (memory) => MemorySchema.safeParse(memory).data?.id ?? null,
    openStream: () => createInstanceStreams({ platform: PLATFORM, http, limits, credentials }),
    close: () => http.close(),
  };
}

/** Posts that answer an own post name it by the id under which it came. */
function answersByIds(posts: readonly SubmittedPost[], recent: readonly RecentPost[]): SubmittedPost[] {
  const ids = new Map(recent.map(({ id, key }) => [key, id]));
  return posts.map((post) => {
    const { inReplyTo } = post;
    return inReplyTo === undefined ? post : { ...post, inReplyTo: ids.get(inReplyTo) ?? inReplyTo };
  });
}

/** The account's name, as its newest post has it. */
interface SeenName {
  name: string | null;
}

async function visitOf(
  credentials: Credentials,
  address: AccountAddress,
  signal: AbortSignal,
): Promise<Visit | PollFailure> {
  const credential = await findCredential(credentials, { platform: PLATFORM, host: address.host });
  return credential !== null && 'kind' in credential ? credential : { address, credential, signal };
}

function timeOf({ created_at: at }: Status): number {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? 0 : ms;
}

function noteOf({ user }: AccountAddress, { name }: SeenName): string | null {
  // Some servers name their own accounts with the host, too.
  const local = name?.split('@')[0]?.toLowerCase();
  const isRenamed = user !== null && local !== undefined && local !== user.toLowerCase();
  return isRenamed ? `the account is called @${name} now: correct the watch list` : null;
}
