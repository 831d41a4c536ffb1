import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { type WatchList } from '@leakwatch/contracts';
import { type Stoppable } from '@leakwatch/runtime';

/** A web server on loopback that holds the recorded feed, its newest entry still to be published. */
export interface DemoFeed extends Stoppable {
  /** `127.0.0.1:41233`. */
  readonly host: string;
  readonly entries: number;
  /** Publishes the newest entry now: the next poll finds it. */
  publishNewest(): void;
}

/** The site whose feed the server holds. */
const SITE = 'https://ines.example';
const ENTRY = /[ \t]*<entry>[\s\S]*?<\/entry>\n?/g;
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** Serves the feed of the fixtures. Its times are as long before now as they were before the epoch of the recording. */
export async function serveFeed(fixtures: string, epoch: Date): Promise<DemoFeed> {
  const recorded = await readFile(path.join(fixtures, 'feeds/ines-delgado.atom'), 'utf8');
  const shiftMs = Date.now() - epoch.getTime();
  const shifted = recorded.replace(INSTANT, (at) => new Date(Date.parse(at) + shiftMs).toISOString());
  const [newest = '', ...others] = shifted.match(ENTRY) ?? [];
  let document = shifted.replace(newest, '');
  const server = createServer((request, response) => {
    const etag = `"${document.length}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'application/atom+xml', etag }).end(document);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the feed server has no port');
  return {
    name: 'feed server',
    host: `127.0.0.1:${address.port}`,
    entries: others.length + 1,
    publishNewest: () => {
      const now = new Date().toISOString();
      document = shifted.replace(newest, newest.replace(INSTANT, now));
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Moves the account of the recorded feed to the server. */
export function moveFeedTo({ host }: DemoFeed, list: WatchList): WatchList {
  return {
    ...list,
    creators: list.creators.map((creator) => ({
      ...creator,
      accounts: creator.accounts.map((account) =>
        account.platform === 'feed' && account.handle !== undefined
          ? { ...account, handle: account.handle.replace(SITE, `http://${host}`) }
          : account,
      ),
    })),
  };
}
