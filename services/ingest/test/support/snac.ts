import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { z } from 'zod';
import { untilAnswers } from './until-answers.ts';

export const HAS_SNAC = canRun('snac');

/** `it` for tests against a real server with Mastodon's API. */
export const itNeedsSnac = itNeeds('snac2, as Debian packages it', HAS_SNAC);

/** A real ActivityPub server with Mastodon's API, on loopback. */
export interface Snac {
  readonly url: string;
  addUser(name: string): Promise<SnacUser>;
  removeUser(name: string): void;
  close(): Promise<void>;
}

/** Somebody who posts there by the API, or by the web form where the API lacks a method. */
export interface SnacUser {
  post(parts: Record<string, string>): Promise<SnacStatus>;
  /** Uploads a picture; returns the id for `media_ids[]`. */
  upload(picture: Uint8Array, alt: string): Promise<string>;
  /** The id may change with it. */
  edit(id: string, text: string): Promise<SnacStatus>;
  delete(status: SnacStatus): Promise<void>;
  boost(status: SnacStatus): void;
  rename(displayName: string): Promise<void>;
}

const StatusSchema = z.object({ id: z.string(), uri: z.string(), edited_at: z.string().nullable() });
type SnacStatus = z.infer<typeof StatusSchema>;

const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

export async function startSnac(): Promise<Snac> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-snac-'));
  const data = path.join(folder, 'data');
  const [port = 0] = await freePorts(1);
  const host = `127.0.0.1:${port}`;
  const url = `http://${host}`;
  // It asks for address, port, host name, path and mail.
  execFileSync('snac', ['init', data], { input: `127.0.0.1\n${port}\n${host}\n\n\n`, stdio: 'pipe' });
  const settings = path.join(data, 'server.json');
  const written = await readFile(settings, 'utf8');
  await writeFile(settings, written.replace(/"protocol": *"https"/, '"protocol": "http"'));
  const server = spawn('snac', ['httpd', data], { stdio: 'ignore' });
  await untilAnswers(`${url}/api/v1/instance`);
  return {
    url,
    addUser: async (name) => {
      const told = execFileSync('snac', ['adduser', data, name], { encoding: 'utf8', stdio: 'pipe' });
      const password = /password is (\S+)/.exec(told)?.[1] ?? '';
      const token = await logIn(url, name, password);
      return userOf({ url, data, name, password, token });
    },
    removeUser: (name) => void execFileSync('snac', ['deluser', data, name], { stdio: 'pipe' }),
    close: async () => {
      await end(server);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function userOf(login: {
  readonly url: string;
  readonly data: string;
  readonly name: string;
  readonly password: string;
  readonly token: string;
}): SnacUser {
  const { url, data, name, password, token } = login;
  const call = async (method: string, place: string, form: FormData | URLSearchParams) => {
    const { type, body } = encode(form);
    const headers = { authorization: `Bearer ${token}`, ...type };
    const response = await fetch(`${url}/api/${place}`, { method, headers, body });
    if (!response.ok) throw new Error(`${method} ${place}: ${response.status}`);
    return response.json();
  };
  return {
    post: async (parts) => StatusSchema.parse(await call('POST', 'v1/statuses', new URLSearchParams(parts))),
    upload: async (picture, alt) => {
      const form = new FormData();
      form.set('file', new Blob([Uint8Array.from(picture)], { type: 'image/png' }), 'picture.png');
      form.set('description', alt);
      return z.object({ id: z.string() }).parse(await call('POST', 'v2/media', form)).id;
    },
    edit: async (id, status) =>
      StatusSchema.parse(await call('PUT', `v1/statuses/${id}`, new URLSearchParams({ status }))),
    delete: async ({ uri }) => {
      const form = { id: uri, actor: `${url}/${name}`, action: 'Delete', redir: '', group: '' };
      const { type, body } = encode(new URLSearchParams(form));
      const response = await fetch(`${url}/${name}/admin/action`, {
        method: 'POST',
        redirect: 'manual',
        headers: { authorization: `Basic ${btoa(`${name}:${password}`)}`, ...type },
        body,
      });
      if (response.status !== 303) throw new Error(`deleting: ${response.status}`);
    },
    boost: ({ uri }) => void execFileSync('snac', ['boost', data, name, uri], { stdio: 'pipe' }),
    rename: async (displayName) => {
      const form = new URLSearchParams({ display_name: displayName });
      await call('PATCH', 'v1/accounts/update_credentials', form);
    },
  };
}

/** Names a form's type as browsers do: snac does not know the one with a charset behind it, which `fetch` would give. */
function encode(form: FormData | URLSearchParams) {
  return form instanceof FormData
    ? { type: {}, body: form }
    : { type: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() };
}

/** Gets a token as an application does: registered, allowed by its user, exchanged. */
async function logIn(url: string, login: string, passwd: string): Promise<string> {
  const ask = async (place: string, form: Record<string, string>) => {
    const response = await fetch(`${url}/${place}`, { method: 'POST', body: new URLSearchParams(form) });
    return response.text();
  };
  const application = { client_name: 'test', redirect_uris: OUT_OF_BAND, scopes: 'read write' };
  const AppSchema = z.object({ client_id: z.string(), client_secret: z.string() });
  const app = AppSchema.parse(JSON.parse(await ask('api/v1/apps', application)));
  const redir = OUT_OF_BAND;
  const code = await ask('oauth/x-snac-login', { login, passwd, cid: app.client_id, redir, state: '' });
  const answer = await ask('oauth/token', {
    ...app,
    grant_type: 'authorization_code',
    code: code.trim(),
    redirect_uri: OUT_OF_BAND,
  });
  return z.object({ access_token: z.string() }).parse(JSON.parse(answer)).access_token;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

function canRun(program: string): boolean {
  try {
    execFileSync(program, { stdio: 'pipe' });
    return true;
  } catch (error) {
    // Without arguments it prints its help and may end with another code than 0.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
