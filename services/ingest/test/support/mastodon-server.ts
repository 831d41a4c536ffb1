import { type IncomingMessage, type ServerResponse } from 'node:http';
import { startFeedServer, type FeedServer } from './feed-server.ts';

export interface TestStatus {
  readonly id: string;
  readonly created_at: string;
  readonly [part: string]: unknown;
}

/** An instance with one account, in the form that Mastodon documents: `ana`, id `109`. */
export interface MastodonServer {
  readonly url: string;
  readonly server: FeedServer;
  /** The account's statuses, the newest first. */
  statuses: TestStatus[];
  /** The id behind the name `ana`; null: nobody has the name. */
  named: string | null;
  /** The token that requests must carry; null: none. */
  token: string | null;
  /** True: single statuses are shown to members only, as on snac. */
  hidesSingle: boolean;
  /** Answers in place of the next requests for statuses. */
  readonly instead: ((response: ServerResponse) => void)[];
  close(): Promise<void>;
}

/** The address that a status of the account keeps. */
export const statusUri = (id: string) => `https://social.example/users/ana/statuses/${id}`;

/** Makes a status of the account. */
export function status(id: string, content: string, parts: Record<string, unknown> = {}): TestStatus {
  return {
    id,
    uri: statusUri(id),
    url: `https://social.example/@ana/${id}`,
    created_at: new Date(Date.UTC(2026, 10, 1) + Number(id) * 60_000).toISOString(),
    edited_at: null,
    content: `<p>${content}</p>`,
    spoiler_text: '',
    sensitive: false,
    visibility: 'public',
    language: 'en',
    in_reply_to_id: null,
    reblog: null,
    media_attachments: [],
    poll: null,
    card: null,
    tags: [],
    account: { id: '109', acct: 'ana', display_name: 'Ana', url: 'https://social.example/@ana' },
    ...parts,
  };
}

export async function startMastodonServer(): Promise<MastodonServer> {
  const server = await startFeedServer();
  const instance: MastodonServer = {
    url: server.url,
    server,
    statuses: [],
    named: '109',
    token: null,
    hidesSingle: false,
    instead: [],
    close: () => server.close(),
  };
  server.fallback = (request, response) => route(instance, request, response);
  return instance;
}

function route(instance: MastodonServer, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', instance.url);
  const json = (value: unknown, code = 200) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const missing = () => json({ error: 'Record not found' }, 404);
  if (instance.token !== null && request.headers.authorization !== `Bearer ${instance.token}`) {
    json({ error: 'This method requires an authenticated user' }, 401);
    return;
  }
  const [, kind, id, listing] = /^\/api\/v1\/(accounts|statuses)\/([^/]+)(\/statuses)?$/.exec(pathname) ?? [];
  if (kind === 'statuses') {
    const found = instance.statuses.find((one) => one.id === id);
    if (instance.hidesSingle) json({ error: 'This method requires an authenticated user' }, 401);
    else if (found === undefined) missing();
    else json(found);
  } else if (kind === 'accounts' && id === 'lookup') {
    if (instance.named === null) missing();
    else json({ id: instance.named, acct: 'ana', display_name: 'Ana', url: null });
  } else if (kind === 'accounts' && listing !== undefined && id === '109') {
    const instead = instance.instead.shift();
    if (instead !== undefined) {
      instead(response);
      return;
    }
    const before = searchParams.get('max_id');
    const older = instance.statuses.filter((one) => before === null || Number(one.id) < Number(before));
    json(older.slice(0, Number(searchParams.get('limit') ?? '20')));
  } else missing();
}
