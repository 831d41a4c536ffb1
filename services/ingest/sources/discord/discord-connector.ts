import { type Account } from '@leakwatch/contracts';
import { z } from 'zod';
import { failure, type PollingConnector } from '../polling/connector.ts';
import { type Credential, type Credentials } from '../polling/credentials.ts';
import { getJson, type JsonResult } from '../polling/get-json.ts';
import { type HttpGetter } from '../polling/http-get.ts';
import { needCredential } from '../polling/find-credential.ts';
import { readBack, type Listing } from '../polling/read-back.ts';
import { deletionOf, listedPost, RecentPostSchema } from '../polling/recent-posts.ts';
import { DISCORD, postOfMessage, versionOf, type Channel } from './message-post.ts';
import { ChannelSchema, MessagesSchema } from './message-schema.ts';

const PAGE = 100;
/** Milliseconds since 1970 of Discord's first instant, which its ids count from. */
const EPOCH_MS = 1_420_070_400_000;
const RANDOM_BITS = 22n;

const MemorySchema = z.object({
  guildId: z.string().nullable(),
  recent: z.array(RecentPostSchema),
});

export interface DiscordOptions {
  /** The API's origin. */
  readonly api: string;
  readonly intervalMs: number;
}

/**
 * Channels of Discord servers that have admitted the operator's bot. The bot needs the rights to view the channel and to read
 * its history, and the intent `MESSAGE_CONTENT`: without it messages come without their texts.
 */
export function createDiscordConnector(
  http: HttpGetter,
  credentials: Credentials,
  { api, intervalMs }: DiscordOptions,
): PollingConnector {
  const { host } = new URL(api);

  const askWith =
    (bot: Credential, signal: AbortSignal) =>
    <T>(path: string, schema: z.ZodType<T>, what: string): Promise<JsonResult<T>> => {
      const headers = { authorization: `Bot ${bot.token}` };
      return getJson(http, `${api}/api/v10/channels/${path}`, { schema, what, headers, signal });
    };
  type Ask = ReturnType<typeof askWith>;

  const listingOf = (ask: Ask, channel: Channel): Listing => ({
    readPage: async (cursor) => {
      const before = cursor === null ? '' : `&before=${cursor}`;
      const path = `${channel.id}/messages?limit=${PAGE}${before}`;
      const answer = await ask(path, MessagesSchema, 'a list of messages');
      if (answer.kind !== 'document') return answer;
      const listed = answer.value.map((message) => {
        const post = postOfMessage(message, channel);
        return listedPost(post, timeOf(message.id), { version: versionOf(post) });
      });
      const oldest = answer.value.length < PAGE ? undefined : answer.value.at(-1);
      return { kind: 'document', value: { listed, next: oldest?.id ?? null } };
    },
    isGone: async ({ id }) => {
      const answer = await ask(`${channel.id}/messages/${encodeURIComponent(id)}`, z.unknown(), 'a message');
      if (answer.kind === 'postponed') return answer;
      return { kind: 'document', value: answer.kind === 'failed' && answer.status === 404 };
    },
  });

  /** Says what to put right where Discord refuses. */
  const explain = <R extends Exclude<JsonResult<never>, { kind: 'document' }>>(
    refused: R,
    bot: Credential,
  ) => {
    if (refused.kind === 'postponed') return refused;
    const { status } = refused;
    if (status === 401) {
      credentials.noteRefused(bot);
      const problem = `Discord refused the token in ${bot.file}: it is wrong or was renewed`;
      return failure(problem, { state: 'refused' });
    }
    if (status === 403) {
      const problem = 'the bot may not read this channel: let it view the channel and read its history';
      return failure(problem, { state: 'refused' });
    }
    if (status !== 404) return refused;
    return failure('Discord has no such channel, or the bot is not on its server', { state: 'gone' });
  };

  return {
    name: DISCORD,
    platform: DISCORD,
    intervalMs,
    poll: async ({ account, due }, signal) => {
      const id = channelIdOf(account);
      if (id === null) return failure('name the channel by its id or its address: right-click it, Copy Link');
      const wanted = "Discord wants a bot's token";
      const bot = await needCredential(credentials, { platform: DISCORD, host, wanted });
      if ('kind' in bot) return bot;
      const ask = askWith(bot, signal);
      let memory = MemorySchema.safeParse(due.memory).data;
      if (memory === undefined) {
        const found = await ask(id, ChannelSchema, 'a channel');
        if (found.kind !== 'document') return explain(found, bot);
        memory = { guildId: found.value.guild_id ?? null, recent: [] };
      }
      const { guildId } = memory;
      const channel = { id, handle: account.handle ?? id, guildId };
      const read = await readBack(listingOf(ask, channel), memory.recent, signal);
      if (read.kind !== 'read') return explain(read, bot);
      credentials.noteAccepted(bot);
      const author = { id, handle: channel.handle };
      const identity = { platform: DISCORD, instance: DISCORD, author };
      return {
        kind: 'ok',
        posts: [...read.posts, ...read.gone.map((message) => deletionOf(message, identity))],
        place: { memory: { guildId, recent: read.recent } },
        note: read.isCut ? 'more messages since the last poll than are read at once' : null,
      };
    },
    close: () => http.close(),
  };
}

/** The id in the channel's address, `https://discord.com/channels/SERVER/CHANNEL`, or alone; null if there is none. */
function channelIdOf({ nativeId, handle = '' }: Account): string | null {
  const inAddress = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/\d{5,20}\/(\d{5,20})(?:\/|$)/.exec(
    handle,
  )?.[1];
  const id = nativeId ?? inAddress ?? handle;
  return /^\d{5,20}$/.test(id) ? id : null;
}

/** The time in a message's id. */
function timeOf(id: string): number {
  return /^\d{1,20}$/.test(id) ? Number(BigInt(id) >> RANDOM_BITS) + EPOCH_MS : 0;
}
