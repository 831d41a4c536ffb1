import { LIMITS, PlatformInstantSchema, type SubmittedPost } from '@leakwatch/contracts';
import { readHtml } from '../html-parts.ts';
import { type Attachment, type Status, type StatusCore } from './status-schema.ts';

const LONGEST_PART = 2000;
const MOST_OPTIONS = 20;
/** Media types by the kind that the API names; the address may lack an ending. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['image', 'image/unknown'],
  ['gifv', 'video/mp4'],
  ['video', 'video/mp4'],
  ['audio', 'audio/mpeg'],
]);

export interface StatusAuthor {
  readonly id: string;
  readonly handle: string;
}

/** Makes a post of a status. The text and the pictures of a boosted or quoted status count as quoted. */
export function postOfStatus(
  status: Status,
  { instance, author }: { instance: string; author: StatusAuthor },
): SubmittedPost {
  const { reblog } = status;
  const quoted = reblog ?? status.quote?.quoted_status ?? null;
  const content = readHtml(status.content ?? '');
  const edited = instantOf(status.edited_at);
  const { display_name: displayName, url: profile } = status.account;
  const url = status.url ?? status.uri ?? undefined;
  return {
    id: idOf(status),
    platform: 'mastodon',
    instance,
    author: {
      ...author,
      ...(displayName ? { displayName } : {}),
      ...(profile ? { url: profile } : {}),
    },
    // A boost repeats the other's text as its own content.
    text: reblog ? '' : content.text.slice(0, LIMITS.textLength),
    ...(url === undefined ? {} : { url }),
    ...(status.in_reply_to_id ? { inReplyTo: status.in_reply_to_id } : {}),
    ...(reblog ? { repostOf: addressOf(reblog) } : {}),
    ...(quoted === null ? {} : { quoteOf: quoteOf(quoted) }),
    ...(reblog ? {} : writtenParts(status)),
    ...(status.language ? { lang: status.language } : {}),
    tags: (status.tags ?? []).map(({ name }) => name),
    links: content.links.filter(isWebAddress),
    media: [status, ...(quoted === null ? [] : [quoted])]
      .flatMap(({ media_attachments: media }) => (media ?? []).flatMap(mediaOf))
      .slice(0, LIMITS.mediaPerPost),
    ...(instantOf(status.created_at) === undefined ? {} : { publishedAt: instantOf(status.created_at) }),
    ...(edited === undefined ? {} : { editedAt: edited }),
  };
}

/** The id that a status keeps: on some servers, the one of the API changes with each edit. */
function idOf({ id, uri, reblog }: Status): string {
  // Some servers give a boost the address of what it boosts.
  return uri && uri !== reblog?.uri ? uri : id;
}

function writtenParts({ spoiler_text: warning, poll, card }: StatusCore) {
  return {
    ...(warning ? { contentWarning: warning.slice(0, LONGEST_PART) } : {}),
    ...(poll
      ? {
          poll: {
            options: poll.options.slice(0, MOST_OPTIONS).map(({ title }) => title.slice(0, LONGEST_PART)),
          },
        }
      : {}),
    ...(card
      ? {
          linkCard: {
            ...(card.url ? { url: card.url.slice(0, LONGEST_PART) } : {}),
            ...(card.title ? { title: card.title.slice(0, LONGEST_PART) } : {}),
            ...(card.description ? { description: card.description.slice(0, LONGEST_PART) } : {}),
          },
        }
      : {}),
  };
}

function quoteOf(quoted: StatusCore) {
  const warning = quoted.spoiler_text ?? '';
  const text = [warning, readHtml(quoted.content ?? '').text].filter((part) => part !== '').join('\n');
  const url = addressOf(quoted);
  return { ...(url.length > LONGEST_PART ? {} : { url }), text: text.slice(0, LIMITS.textLength) };
}

function addressOf({ url, uri, id }: StatusCore): string {
  return url ?? uri ?? id;
}

/** A video has its thumbnail beside it, which is a picture. */
function mediaOf({
  type = 'unknown',
  url,
  remote_url: remote,
  preview_url: preview,
  description,
}: Attachment) {
  const address = url ?? remote ?? undefined;
  const alt = description ? { alt: description } : {};
  const mime = TYPES.get(type);
  const own =
    address !== undefined && isWebAddress(address)
      ? [{ url: address, ...(mime === undefined ? {} : { mime }), ...alt }]
      : [];
  const isMoving = type === 'video' || type === 'gifv';
  return isMoving && preview && isWebAddress(preview)
    ? [...own, { url: preview, mime: 'image/unknown' }]
    : own;
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function instantOf(time: string | null | undefined): string | undefined {
  return PlatformInstantSchema.safeParse(time).data;
}
