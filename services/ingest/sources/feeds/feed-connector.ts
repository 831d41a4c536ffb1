import { type Account } from '@leakwatch/contracts';
import { failure, type PollingConnector, type PollResult } from '../polling/connector.ts';
import { type HttpDocument, type HttpGetter } from '../polling/http-get.ts';
import { decodeDocument } from './decode-document.ts';
import { discoverFeed } from './discover-feed.ts';
import { NoFeedError, readEntries } from './read-entries.ts';

const ACCEPT = 'application/atom+xml, application/rss+xml, application/feed+json, text/xml, */*;q=0.5';
/** Characters of a header that is kept and sent back. */
const LONGEST_VALIDATOR = 1_000;

/** Accounts of the platform `feed`: RSS, Atom and JSON Feed. An account's handle is an address. */
export function createFeedConnector(http: HttpGetter, intervalMs: number): PollingConnector {
  return {
    name: 'feeds',
    platform: 'feed',
    intervalMs,
    poll: async ({ account, due }, signal) => {
      const url = due.resolvedUrl ?? addressOf(account);
      const page = await http.get(url, headersFor(due), signal);
      if (page.kind === 'unchanged') return { kind: 'ok', posts: [], place: {} };
      if (page.kind !== 'document') return page;
      const read = readPage(account, page, due.resolvedUrl);
      if (read !== null) return read;
      const found = due.resolvedUrl === null ? discoverFeed(textOf(page), page.url) : null;
      if (found === null) return failure(new NoFeedError().message, { place: { resolvedUrl: null } });
      const feed = await http.get(found, { accept: ACCEPT }, signal);
      if (feed.kind === 'unchanged') return failure('the host answered 304 unasked');
      if (feed.kind !== 'document') return feed;
      return readPage(account, feed, found) ?? failure(new NoFeedError().message);
    },
    close: () => http.close(),
  };
}

function addressOf({ nativeId, handle }: Account): string {
  return nativeId ?? handle ?? '';
}

function headersFor({ etag, lastModified }: { etag: string | null; lastModified: string | null }) {
  return {
    accept: ACCEPT,
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

/** Reads a page as a feed; null if it is none. */
function readPage(account: Account, page: HttpDocument, resolvedUrl: string | null): PollResult | null {
  try {
    return {
      kind: 'ok',
      posts: readEntries(textOf(page), addressOf(account), page.url),
      place: {
        resolvedUrl,
        etag: validatorOf(page.headers.etag),
        lastModified: validatorOf(page.headers['last-modified']),
      },
    };
  } catch (error) {
    if (!(error instanceof NoFeedError)) throw error;
    return null;
  }
}

function textOf({ bytes, headers }: HttpDocument): string {
  return decodeDocument(bytes, headers['content-type'] ?? '');
}

function validatorOf(header: string | undefined): string | null {
  return header !== undefined && header.length <= LONGEST_VALIDATOR ? header : null;
}
