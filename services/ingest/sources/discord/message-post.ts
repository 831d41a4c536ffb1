import { LIMITS, PlatformInstantSchema, type SubmittedPost } from '@leakwatch/contracts';
import { type Message, type MessageContent } from './message-schema.ts';

/** The platform's name, and the name of its only instance. */
export const DISCORD = 'discord';
const LONGEST_PART = 2000;
const MOST_OPTIONS = 20;

export interface Channel {
  readonly id: string;
  readonly handle: string;
  /** The server that it belongs to; null: not said. */
  readonly guildId: string | null;
}

/** Makes a post of a message. The account is the channel, whoever of its members writes. */
export function postOfMessage(message: Message, channel: Channel): SubmittedPost {
  const forwarded = (message.message_snapshots ?? []).map((snapshot) => snapshot.message);
  const quoted = [...forwarded, ...(message.referenced_message ? [message.referenced_message] : [])];
  const edited = instantOf(message.edited_timestamp);
  const published = instantOf(message.timestamp);
  const options = (message.poll?.answers ?? []).flatMap(({ poll_media: { text } }) => (text ? [text] : []));
  const question = message.poll?.question.text;
  return {
    id: message.id,
    platform: DISCORD,
    instance: DISCORD,
    author: {
      id: channel.id,
      handle: channel.handle,
      displayName: message.author.global_name ?? message.author.username,
    },
    url: `https://discord.com/channels/${channel.guildId ?? '@me'}/${channel.id}/${message.id}`,
    text: textOf(message, question ? [question] : []),
    ...(options.length === 0
      ? {}
      : {
          poll: { options: options.slice(0, MOST_OPTIONS).map((option) => option.slice(0, LONGEST_PART)) },
        }),
    ...(quoted.length === 0 ? {} : { quoteOf: { text: quoted.map((one) => textOf(one)).join('\n') } }),
    // The pictures of a message that is replied to were posted before; those of a forwarded one come from elsewhere.
    media: [message, ...forwarded].flatMap(mediaOf).slice(0, LIMITS.mediaPerPost),
    ...(published === undefined ? {} : { publishedAt: published }),
    ...(edited === undefined ? {} : { editedAt: edited }),
  };
}

/** The content by which an edit is told: the addresses of files are signed anew at each request. */
export function versionOf(post: SubmittedPost): string {
  const media = (post.media ?? []).map(({ url = '', alt }) => ({ url: url.split('?')[0], alt }));
  return JSON.stringify({ ...post, author: undefined, media });
}

function textOf({ content, embeds }: MessageContent, more: readonly string[] = []): string {
  const parts = (embeds ?? []).flatMap(({ title, description, url, fields }) => [
    ...[title, description, url],
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return [content, ...more, ...parts]
    .filter((part) => part)
    .join('\n')
    .slice(0, LIMITS.textLength);
}

function mediaOf({ attachments, embeds }: MessageContent) {
  const files = (attachments ?? []).map(({ url, content_type: mime, description }) => ({
    url,
    ...(mime ? { mime } : {}),
    ...(description ? { alt: description } : {}),
  }));
  const pictures = (embeds ?? []).flatMap(({ image }) =>
    image ? [{ url: image.url, mime: 'image/unknown' }] : [],
  );
  return [...files, ...pictures].filter(({ url }) => /^https?:\/\//i.test(url));
}

function instantOf(time: string | null | undefined): string | undefined {
  return PlatformInstantSchema.safeParse(time).data;
}
