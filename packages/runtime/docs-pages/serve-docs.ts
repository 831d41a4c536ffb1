import path from 'node:path';
import { type FastifyInstance } from 'fastify';
import { HTML, page, PAGE_HEADERS, STYLE, STYLE_PATH } from './page.ts';
import { readDocs } from './read-docs.ts';
import { renderMarkdown } from './render-markdown.ts';

const START = 'runbooks/README.md';
/** Other ways to ask for the first page. */
const STARTS = new Set(['', 'runbooks', 'runbooks/']);

const HEAD =
  `<nav><a href="/docs/${START}">runbooks</a> · <code>leakwatch …</code> is ` +
  '<code>docker compose run --rm leakwatch …</code> with compose, and ' +
  '<code>npm run --silent leakwatch -- …</code> from a checkout.</nav>';

/**
 * Serves the runbooks, and the docs that they lead to, as pages under /docs. They hold nothing secret. Paths are looked up, never
 * opened.
 */
export function serveDocs(server: FastifyInstance): void {
  let docs: ReadonlyMap<string, string> | null = null;

  server.get('/docs/*', (request, reply) => {
    docs ??= readDocs();
    const { pathname } = new URL(request.url, 'http://docs');
    reply.headers(PAGE_HEADERS);
    if (pathname === STYLE_PATH) return reply.type('text/css; charset=utf-8').send(STYLE);
    const asked = pathname.slice('/docs/'.length);
    if (STARTS.has(asked)) return reply.redirect(`/docs/${START}`);
    const html = pageOf(asked, docs);
    reply.type(HTML);
    if (html === null) return reply.code(404).send(page('No such page', `${HEAD}<h1>No such page</h1>`));
    return reply.send(html);
  });
}

/** A page may be asked for without its ending. */
function pageOf(asked: string, docs: ReadonlyMap<string, string>): string | null {
  const name = [asked, `${asked}.md`].find((one) => docs.has(one));
  const text = name === undefined ? undefined : docs.get(name);
  if (name === undefined || text === undefined) return null;
  const [, title = name] = /^# (.+)$/m.exec(text) ?? [];
  return page(title, `${HEAD}\n${renderMarkdown(text, (link) => hrefOf(link, name, docs))}`);
}

/** Links lead to other served pages and to the web; what is served nowhere is named only. */
function hrefOf(link: string, from: string, docs: ReadonlyMap<string, string>): string | null {
  if (/^https?:\/\//.test(link) || link.startsWith('#')) return link;
  const [target = '', anchor] = link.split('#');
  const name = path.posix.normalize(path.posix.join(path.posix.dirname(from), target));
  return docs.has(name) ? `/docs/${name}${anchor === undefined ? '' : `#${anchor}`}` : null;
}
