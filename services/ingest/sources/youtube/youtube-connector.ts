import { type SubmittedPost } from '@leakwatch/contracts';
import { z } from 'zod';
import { failure, type PollFailure, type PollingConnector, type PollTarget } from '../polling/connector.ts';
import { type Credential, type Credentials } from '../polling/credentials.ts';
import { getJson, type JsonResult } from '../polling/get-json.ts';
import { type HttpGetter } from '../polling/http-get.ts';
import { needCredential } from '../polling/find-credential.ts';
import { readBack, type Listing } from '../polling/read-back.ts';
import { deletionOf, listedPost, RecentPostSchema } from '../polling/recent-posts.ts';
import { channelNameOf, type ChannelName } from './channel-name.ts';
import { type TakeUnits } from './daily-quota.ts';
import { postOfUpload, postOfVideo, YOUTUBE, type Channel } from './video-post.ts';
import { ChannelsSchema, UploadsSchema, VideosSchema } from './video-schema.ts';

/** Videos of one page, and of one look-up: the most that the API gives. */
const PAGE = 50;
/** Units that each call costs, of the three kinds that are made. */
const UNITS = 1;

const MemorySchema = z.object({
  /** The channel's id for good: its handle and its title may change. */
  id: z.string(),
  title: z.string(),
  /** The handle that the channel has, `@ana`; empty: none. */
  handle: z.string(),
  /** The list of its uploads; null: it has none yet. */
  uploads: z.string().nullable(),
  recent: z.array(RecentPostSchema),
});
type Memory = z.infer<typeof MemorySchema>;

export interface YoutubeOptions {
  /** The API's origin. */
  readonly api: string;
  /** Takes units of the day's quota. */
  readonly takeUnits: TakeUnits;
  readonly intervalMs: number;
}

/** Refused by Google, or not answered. */
type Refused = Exclude<JsonResult<never>, { kind: 'document' }>;

/**
 * Channels of YouTube, by the Data API v3 with the operator's key. A poll without news costs one unit of the daily quota: it
 * reads the list of uploads. New and changed videos are looked up, 50 for a unit.
 */
export function createYoutubeConnector(
  http: HttpGetter,
  credentials: Credentials,
  { api, takeUnits, intervalMs }: YoutubeOptions,
): PollingConnector {
  const { host } = new URL(api);

  /** Asks the API in the name of a key. */
  const askWith =
    (key: Credential, signal: AbortSignal) =>
    async <T>(
      method: string,
      query: Record<string, string>,
      { schema, what }: { schema: z.ZodType<T>; what: string },
    ): Promise<JsonResult<T>> => {
      const waitMs = takeUnits(UNITS);
      if (waitMs !== null) return { kind: 'postponed', waitMs };
      const url = `${api}/youtube/v3/${method}?${new URLSearchParams(query).toString()}`;
      const headers = { 'x-goog-api-key': key.token };
      const answer = await getJson(http, url, { schema, what, headers, signal });
      if (answer.kind === 'document') credentials.noteAccepted(key);
      return answer;
    };
  type Ask = ReturnType<typeof askWith>;

  const findChannel = async (ask: Ask, name: ChannelName): Promise<Memory | Refused> => {
    const by = name.kind === 'id' ? { id: name.id } : { forHandle: name.handle };
    const query = { part: 'snippet,contentDetails', ...by };
    const found = await ask('channels', query, { schema: ChannelsSchema, what: 'a list of channels' });
    if (found.kind !== 'document') return found;
    const [channel] = found.value.items ?? [];
    if (channel === undefined) return { ...noChannel(), status: 200 };
    const { title, customUrl = '' } = channel.snippet;
    const uploads = channel.contentDetails.relatedPlaylists.uploads ?? null;
    return { id: channel.id, title, handle: customUrl, uploads, recent: [] };
  };

  const pin = async (ask: Ask, { account, due }: PollTarget): Promise<Memory | Refused> => {
    const known = MemorySchema.safeParse(due.memory).data;
    if (known !== undefined && known.uploads !== null && (account.nativeId ?? known.id) === known.id)
      return known;
    const name = channelNameOf(account);
    if (name !== null) return findChannel(ask, name);
    const problem = 'name the channel by its handle, its id (UC…) or its address with one of them';
    return { ...failure(problem), status: null };
  };

  const listingOf = (ask: Ask, uploads: string, channel: Channel): Listing => ({
    readPage: async (cursor) => {
      const query = {
        part: 'snippet,contentDetails',
        playlistId: uploads,
        maxResults: String(PAGE),
        ...(cursor === null ? {} : { pageToken: cursor }),
      };
      const answer = await ask('playlistItems', query, { schema: UploadsSchema, what: 'a list of uploads' });
      if (answer.kind !== 'document') return answer;
      const listed = answer.value.items.map((upload) => {
        const post = postOfUpload(upload, channel);
        return listedPost(post, Date.parse(post.publishedAt ?? '') || 0);
      });
      return { kind: 'document', value: { listed, next: answer.value.nextPageToken ?? null } };
    },
    isGone: async ({ id }) => {
      const answer = await ask('videos', { part: 'snippet', id }, VIDEOS);
      return answer.kind === 'document'
        ? { kind: 'document', value: answer.value.items.length === 0 }
        : answer;
    },
  });

  /** Replaces posts by what the videos' own entries say. A video that has gone meanwhile stays as it was listed. */
  const lookUp = async (
    ask: Ask,
    posts: readonly SubmittedPost[],
    channel: Channel,
  ): Promise<SubmittedPost[] | Refused> => {
    const whole: SubmittedPost[] = [];
    for (let at = 0; at < posts.length; at += PAGE) {
      const some = posts.slice(at, at + PAGE);
      const query = { part: 'snippet', id: some.map(({ id }) => id).join(',') };
      const answer = await ask('videos', query, VIDEOS);
      if (answer.kind !== 'document') return answer;
      const byId = new Map(answer.value.items.map((video) => [video.id, postOfVideo(video, channel)]));
      whole.push(...some.map((post) => byId.get(post.id) ?? post));
    }
    return whole;
  };

  /** Says what to put right where Google refuses. */
  const explain = (refused: Refused, key: Credential): Refused => {
    if (refused.kind === 'postponed') return refused;
    const isUnknown = refused.status === 400 || refused.status === 401;
    if (!isUnknown && refused.status !== 403) return refused;
    credentials.noteRefused(key);
    const problem = isUnknown
      ? `Google refused the key in ${key.file}: it is wrong or was deleted`
      : `Google answered 403: the daily quota of the key in ${key.file} is used up, or it may not use the YouTube Data API`;
    return { ...refused, problem, state: 'refused' };
  };

  return {
    name: YOUTUBE,
    platform: YOUTUBE,
    intervalMs,
    poll: async (target, signal) => {
      const wanted = 'YouTube wants an API key';
      const key = await needCredential(credentials, { platform: YOUTUBE, host, wanted });
      if ('kind' in key) return key;
      const ask = askWith(key, signal);
      const memory = await pin(ask, target);
      if ('kind' in memory) return explain(memory, key);
      const { account } = target;
      const channel = { ...memory, handle: account.handle ?? memory.handle };
      const note = noteOf(account.handle, memory);
      if (memory.uploads === null) return { kind: 'ok', posts: [], place: { memory }, note };
      const read = await readBack(listingOf(ask, memory.uploads, channel), memory.recent, signal);
      if (read.kind === 'failed' && read.status === 404) {
        // A channel without a public video has no list, and neither has one that was closed.
        const now = await findChannel(ask, { kind: 'id', id: memory.id });
        if ('kind' in now) return explain(now, key);
        return {
          kind: 'ok',
          posts: [],
          place: { memory: { ...memory, ...now, recent: memory.recent } },
          note,
        };
      }
      if (read.kind !== 'read') return explain(read, key);
      const posts = await lookUp(ask, read.posts, channel);
      if ('kind' in posts) return explain(posts, key);
      const identity = {
        platform: YOUTUBE,
        instance: YOUTUBE,
        author: { id: memory.id, handle: channel.handle },
      };
      return {
        kind: 'ok',
        posts: [...posts, ...read.gone.map((id) => deletionOf(id, identity))],
        place: { memory: { ...memory, recent: read.recent } },
        note: read.isCut ? 'more videos since the last poll than are read at once' : note,
      };
    },
    nativeIdIn: (memory) => MemorySchema.safeParse(memory).data?.id ?? null,
    close: () => http.close(),
  };
}

const VIDEOS = { schema: VideosSchema, what: 'a list of videos' };

function noChannel(): PollFailure {
  return failure('YouTube has no such channel: renamed, closed or misspelt', { state: 'gone' });
}

function noteOf(listed: string | undefined, { handle }: Memory): string | null {
  if (listed?.startsWith('@') !== true || handle === '') return null;
  return listed.toLowerCase() === handle.toLowerCase()
    ? null
    : `the channel is called ${handle} now: correct the watch list`;
}
