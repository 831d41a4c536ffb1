import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { z } from 'zod';
import { type JetstreamEvent } from './jetstream.ts';

const PEERS = fileURLToPath(new URL('../../../../infra/peers', import.meta.url));

export const HAS_PDS = existsSync(path.join(PEERS, 'node_modules/@atproto/pds'));

/** `it` for tests against a real Bluesky server. */
export const itNeedsPds = itNeeds('`npm run peers`', HAS_PDS);

/** A real Bluesky PDS and a directory of accounts, on loopback. */
export interface Pds {
  readonly url: string;
  /** The directory's address. */
  readonly plc: string;
  /** Hears each event of its firehose. */
  onEvent: (event: JetstreamEvent) => void;
  addUser(handle: string): Promise<PdsUser>;
  /** Takes an account down, as its moderators do. */
  takeDown(did: string): Promise<void>;
  close(): Promise<void>;
}

export interface PdsUser {
  readonly did: string;
  /** Makes a post; returns its address. */
  post(text: string, parts?: Record<string, unknown>): Promise<PdsPost>;
  /** Writes a post at a key: a new one, or in the place of another. */
  put(rkey: string, text: string): Promise<PdsPost>;
  delete(post: PdsPost): Promise<void>;
  repost(post: PdsPost): Promise<void>;
  /** Uploads a picture; returns the blob for an embed. */
  upload(picture: Uint8Array): Promise<unknown>;
  /** Calls another method of its server. */
  call(method: string, body: Record<string, unknown> | null): Promise<unknown>;
}

const PostSchema = z.object({ uri: z.string(), cid: z.string() });
type PdsPost = z.infer<typeof PostSchema>;

const POSTS = 'app.bsky.feed.post';
const LineSchema = z.looseObject({
  kind: z.string(),
  did: z.string().default(''),
  time_us: z.int().default(0),
});

export async function startPds(): Promise<Pds> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-pds-'));
  const [port = 0, directoryPort = 0] = await freePorts(2);
  const server = spawn(process.execPath, ['pds.mjs', folder, String(port), String(directoryPort)], {
    cwd: PEERS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  const pds: Pds = {
    url,
    plc: `http://127.0.0.1:${directoryPort}`,
    onEvent: () => undefined,
    addUser: async (handle) => {
      const body = { handle, email: `${randomUUID()}@example.test`, password: 'secret' };
      const { did, accessJwt } = z
        .object({ did: z.string(), accessJwt: z.string() })
        .parse(await call(url, 'com.atproto.server.createAccount', body, null));
      return userOf(url, did, `Bearer ${accessJwt}`);
    },
    takeDown: async (did) => {
      const subject = { $type: 'com.atproto.admin.defs#repoRef', did };
      const body = { subject, takedown: { applied: true } };
      await call(url, 'com.atproto.admin.updateSubjectStatus', body, `Basic ${btoa('admin:admin')}`);
    },
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('the PDS ended')));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const event = LineSchema.parse(JSON.parse(line));
      if (event.kind === 'ready') resolve();
      else pds.onEvent(event);
    });
  });
  return pds;
}

function userOf(url: string, did: string, authorization: string): PdsUser {
  const record = (text: string, parts: Record<string, unknown> = {}) => ({
    $type: POSTS,
    text,
    createdAt: new Date().toISOString(),
    ...parts,
  });
  const own = (method: string, body: Record<string, unknown> | null) =>
    call(url, method, body, authorization);
  const create = async (collection: string, value: Record<string, unknown>) =>
    PostSchema.parse(await own('com.atproto.repo.createRecord', { repo: did, collection, record: value }));
  return {
    did,
    post: (text, parts) => create(POSTS, record(text, parts)),
    put: async (rkey, text) => {
      const body = { repo: did, collection: POSTS, rkey, record: record(text) };
      return PostSchema.parse(await own('com.atproto.repo.putRecord', body));
    },
    delete: async ({ uri }) => {
      const [, , , collection, rkey] = uri.split('/');
      await own('com.atproto.repo.deleteRecord', { repo: did, collection, rkey });
    },
    repost: async (subject) => {
      const collection = 'app.bsky.feed.repost';
      await create(collection, { $type: collection, subject, createdAt: new Date().toISOString() });
    },
    upload: async (picture) => {
      const headers = { authorization, 'content-type': 'image/png' };
      const place = `${url}/xrpc/com.atproto.repo.uploadBlob`;
      const response = await fetch(place, { method: 'POST', headers, body: Uint8Array.from(picture) });
      return z.object({ blob: z.unknown() }).parse(await response.json()).blob;
    },
    call: own,
  };
}

async function call(
  url: string,
  method: string,
  body: Record<string, unknown> | null,
  authorization: string | null,
): Promise<unknown> {
  const response = await fetch(`${url}/xrpc/${method}`, {
    method: 'POST',
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(authorization === null ? {} : { authorization }),
    },
    body: body === null ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}
