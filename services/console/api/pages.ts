import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError } from './problems.ts';

/** The built pages: beside the bundled command, or in this checkout. Null if they were not built. */
export function findPages(): string | null {
  const places = ['console-web', '../web/dist'].map((place) => path.resolve(import.meta.dirname, place));
  return places.find((place) => existsSync(path.join(place, 'index.html'))) ?? null;
}

interface Page {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A fresh value a request, which style elements of the page carry. Helmet's header names it. */
const nonces = new WeakMap<object, string>();
export function nonceOf(raw: object): string {
  const nonce = nonces.get(raw) ?? randomBytes(16).toString('base64');
  nonces.set(raw, nonce);
  return nonce;
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>leakwatch</title>
<h1>The console's pages are not built</h1>
<p>Run <code>npm run build</code>, and start leakwatch again. The API works: <a href="/v1/openapi.json">/v1/openapi.json</a>.</p>`;

/**
 * Serves the built pages from memory: paths are looked up, never opened. Every other path outside /v1 and /assets gets
 * index.html, whose own router reads it.
 */
export async function servePages(server: FastifyInstance, folder: string | null): Promise<void> {
  const pages = folder === null ? new Map<string, Page>() : await readPages(folder);
  const index = pages.get('/index.html')?.bytes.toString('utf8') ?? NOT_BUILT;
  server.get('/*', { config: { rateLimit: false } }, (request, reply) => {
    const pathname = pathOf(request.url);
    const page = pages.get(pathname);
    const isAsset = pathname.startsWith(ASSETS);
    // A page of another version asks for a file that is gone: it must not take the app for it.
    if (page === undefined && isAsset) throw new ProblemError('not-found');
    if (page === undefined || pathname === '/index.html') return sendIndex(reply, index);
    return sendFile(request, reply, page, isAsset);
  });
}

const ASSETS = '/assets/';

/** Takes what is no address, such as `//`, for the first page. */
function pathOf(url: string): string {
  const base = 'http://console';
  return URL.canParse(url, base) ? new URL(url, base).pathname : '/';
}

function sendIndex(reply: FastifyReply, index: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(index.replaceAll('__NONCE__', nonceOf(reply.raw)));
}

/** Names under /assets hold a hash of their content, so they never change. */
function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  isForever: boolean,
): FastifyReply {
  reply.header('etag', page.etag);
  reply.header('cache-control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  return reply.type(page.type).send(page.bytes);
}

async function readPages(folder: string): Promise<Map<string, Page>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pages = new Map<string, Page>();
  for (const entry of entries) {
    const type = TYPES[path.extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    pages.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { bytes, type, etag });
  }
  return pages;
}
