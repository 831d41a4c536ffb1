import { LIMITS, PlatformInstantSchema, sha256Hex, type SubmittedPost } from '@leakwatch/contracts';
import { parseFeed } from 'feedsmith';
import { readHtml } from '../html-parts.ts';

/** Thrown for a document that is no feed. */
export class NoFeedError extends Error {
  constructor() {
    super('the document is no RSS, Atom or JSON feed');
    this.name = 'NoFeedError';
  }
}

/** An entry of any kind of feed. */
interface Entry {
  readonly guid: string | undefined;
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly bodies: readonly (string | undefined)[];
  /** Dates as the feed writes them. */
  readonly published: unknown;
  readonly edited: unknown;
  readonly tags: readonly (string | undefined)[];
  readonly media: readonly {
    readonly url: string | undefined;
    readonly mime?: string | undefined;
    readonly alt?: string | undefined;
  }[];
}

/** Entries read of one feed, as it lists them: the newest stand first by custom. */
const MOST_ENTRIES = 500;
const LONGEST_TITLE = 2000;

/**
 * Reads a feed's entries as posts of an account.
 *
 * @param account - the account's address in the watch list; guids count within it
 * @param url - the document's own address, which its links are relative to
 * @throws NoFeedError
 */
export function readEntries(text: string, account: string, url: string): SubmittedPost[] {
  const { title, entries } = readFeed(text);
  return entries
    .slice(0, MOST_ENTRIES)
    .map((entry) => toPost(entry, { account, url, title }))
    .toReversed();
}

function readFeed(text: string): { title: string | undefined; entries: Entry[] } {
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(text);
  } catch {
    // The parser's message may quote the document.
    throw new NoFeedError();
  }
  switch (parsed.format) {
    case 'atom':
      return {
        title: parsed.feed.title?.value,
        entries: (parsed.feed.entries ?? []).map((entry) => ({
          guid: entry.id,
          link: (entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? entry.links?.[0])
            ?.href,
          title: entry.title?.value,
          bodies: [entry.summary?.value, entry.content?.value],
          published: entry.published ?? entry.updated,
          edited: entry.published === undefined ? undefined : entry.updated,
          tags: (entry.categories ?? []).map(({ label, term }) => label ?? term),
          media: [
            ...(entry.links ?? [])
              .filter(({ rel }) => rel === 'enclosure')
              .map(({ href, type }) => ({ url: href, mime: type })),
            ...mediaOf(entry.media),
            ...(entry.media?.groups ?? []).flatMap(mediaOf),
          ],
        })),
      };
    case 'json':
      return {
        title: parsed.feed.title,
        entries: (parsed.feed.items ?? []).map((item) => ({
          guid: item.id,
          link: item.url,
          title: item.title,
          bodies: [item.content_html ?? escapeText(item.content_text), escapeText(item.summary)],
          published: item.date_published,
          edited: item.date_modified,
          tags: item.tags ?? [],
          media: [
            { url: item.image },
            { url: item.banner_image },
            ...(item.attachments ?? []).map((one) => ({ url: one.url, mime: one.mime_type, alt: one.title })),
          ],
        })),
      };
    case 'rss':
      return {
        title: parsed.feed.title,
        entries: (parsed.feed.items ?? []).map((item) => ({
          guid: item.guid?.value,
          link: item.link,
          title: item.title,
          bodies: [item.description, item.content?.encoded],
          published: item.pubDate,
          edited: undefined,
          tags: (item.categories ?? []).map(({ name }) => name),
          media: [
            ...(item.enclosures ?? []).map(({ url, type }) => ({ url, mime: type })),
            ...mediaOf(item.media),
            ...(item.media?.groups ?? []).flatMap(mediaOf),
          ],
        })),
      };
    case 'rdf':
      return {
        title: parsed.feed.title,
        entries: (parsed.feed.items ?? []).map((item) => ({
          guid: item.link,
          link: item.link,
          title: item.title,
          bodies: [item.description, item.content?.encoded],
          published: item.dc?.dates?.[0],
          edited: undefined,
          tags: [],
          media: [],
        })),
      };
  }
}

interface MediaRss {
  readonly contents?: readonly {
    readonly url?: string | undefined;
    readonly type?: string | undefined;
    readonly description?: { readonly value?: string | undefined } | undefined;
  }[];
  readonly thumbnails?: readonly { readonly url?: string | undefined }[];
}

function mediaOf(media: MediaRss | undefined): Entry['media'] {
  return [
    ...(media?.contents ?? []).map(({ url, type, description }) => ({
      url,
      mime: type,
      alt: description?.value,
    })),
    ...(media?.thumbnails ?? []).map(({ url }) => ({ url })),
  ];
}

function escapeText(text: string | undefined): string | undefined {
  return text?.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function toPost(
  entry: Entry,
  { account, url, title: feedTitle }: { account: string; url: string; title: string | undefined },
): SubmittedPost {
  const bodies = [...new Set(entry.bodies.filter((body) => body !== undefined && body !== ''))].map((body) =>
    readHtml(body ?? ''),
  );
  const text = [...new Set(bodies.map((body) => body.text))].join('\n\n').slice(0, LIMITS.textLength);
  const title = readHtml(entry.title ?? '').text.slice(0, LONGEST_TITLE);
  const link = absolute(entry.link, url);
  const published = instantOf(entry.published);
  const edited = instantOf(entry.edited);
  return {
    id: firstOf(entry.guid, entry.link) ?? sha256Hex(JSON.stringify([title, entry.published ?? text])),
    platform: 'feed',
    instance: account,
    author: { id: account, handle: account, ...(feedTitle === undefined ? {} : { displayName: feedTitle }) },
    text,
    ...(title === '' ? {} : { title }),
    ...(link === undefined ? {} : { url: link }),
    ...(published === undefined ? {} : { publishedAt: published }),
    ...(edited === undefined || edited === published ? {} : { editedAt: edited }),
    tags: entry.tags.filter((tag) => tag !== undefined),
    links: bodies.flatMap((body) => body.links.flatMap((one) => absolute(one, url) ?? [])),
    media: listMedia([...entry.media, ...bodies.flatMap((body) => body.pictures)], url),
  };
}

function firstOf(...ids: readonly (string | undefined)[]): string | undefined {
  return ids.find((id) => id !== undefined && id.trim() !== '');
}

function listMedia(media: Entry['media'], base: string): SubmittedPost['media'] {
  const byUrl = new Map<string, { url: string; mime?: string; alt?: string }>();
  for (const { url, mime, alt } of media) {
    const address = absolute(url, base);
    if (address === undefined || byUrl.has(address)) continue;
    byUrl.set(address, {
      url: address,
      ...(mime === undefined ? {} : { mime }),
      ...(alt === undefined ? {} : { alt }),
    });
  }
  return [...byUrl.values()].slice(0, LIMITS.mediaPerPost);
}

/** The web address that a reference means; undefined if it means none. */
function absolute(reference: string | undefined, base: string): string | undefined {
  if (reference === undefined || !URL.canParse(reference, base)) return undefined;
  const { protocol, href } = new URL(reference, base);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}

/** An instant that the feed gives; many feeds write dates of no known form, and posts without one are published as they come. */
function instantOf(date: unknown): string | undefined {
  return PlatformInstantSchema.safeParse(date).data;
}
