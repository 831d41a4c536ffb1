import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedServer {
  readonly url: string;
  /** For what else listens on its port. */
  readonly http: Server;
  /** Answers by path; other paths are 404. */
  readonly paths: Map<string, Handler>;
  /** Answers every other path; null: 404. */
  fallback: Handler | null;
  readonly requests: { readonly path: string; readonly ifNoneMatch: string | undefined }[];
  close(): Promise<void>;
}

/** A web server on loopback that does what a test asks for. */
export async function startFeedServer(): Promise<FeedServer> {
  const paths = new Map<string, Handler>();
  const requests: FeedServer['requests'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, ifNoneMatch: request.headers['if-none-match'] });
    const handler = paths.get(path) ?? feeds.fallback;
    if (handler === null) response.writeHead(404).end();
    else handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const feeds: FeedServer = {
    url: `http://127.0.0.1:${address.port}`,
    http: server,
    paths,
    fallback: null,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return feeds;
}

/** Answers a text, and 304 to those who have it. */
export function serve(text: string, type = 'application/rss+xml'): Handler {
  const etag = `"${text.length}-${text.at(-20)}"`;
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': type, etag }).end(text);
  };
}

export function answer(status: number, headers: Record<string, string> = {}): Handler {
  return (_request, response) => response.writeHead(status, headers).end('no');
}

/** An RSS feed of items, each a guid and a text. */
export function rss(...items: readonly (readonly [guid: string, text: string])[]): string {
  const xml = items.map(
    ([guid, text]) =>
      `<item><guid isPermaLink="false">${guid}</guid><description>${text}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>${xml.join('')}</channel></rss>`;
}
