import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SKIPPED = /(^|\/)(node_modules|dist|\.[a-z]+)\//;
const READ = /\.(md|ts|mjs|cjs|ya?ml|sh)$|(^|\/)Dockerfile$/;

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
  .filter((file) => READ.test(file) && !SKIPPED.test(file));
const pages = files.filter((file) => file.endsWith('.md'));

describe('the README', () => {
  it('fits a few screens', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });
});

describe('the docs', () => {
  it.each(pages.filter((page) => page.startsWith('docs/') && path.basename(page) !== 'README.md'))(
    '%s stands in an index',
    (page) => {
      const index = page.startsWith('docs/runbooks/') ? 'docs/runbooks/README.md' : 'docs/README.md';
      expect(linksOf(index)).toContain(path.relative(path.dirname(index), page));
    },
  );

  it.each(pages)('%s links to files and headings that exist', (page) => {
    expect(linksOf(page).filter((link) => !isThere(page, link))).toEqual([]);
  });

  it('are where code, tests and settings point', () => {
    const pointers = files.flatMap((file) => pointersOf(read(file)).map((to) => ({ file, to })));
    expect(pointers.length).toBeGreaterThan(0);
    expect(pointers.filter(({ to }) => !existsSync(path.join(ROOT, to)))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The targets of a page's links and pictures inside this repository. */
function linksOf(page: string): string[] {
  return [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Pages named by their path from the root: in comments, messages, settings. */
function pointersOf(text: string): string[] {
  return text.match(/(?<![\w/.-])docs\/[\w/-]+\.md\b/g) ?? [];
}

function isThere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return heading === undefined || headingsOf(read(target)).includes(heading);
}

function headingsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
}

/** A heading's anchor as GitHub makes it. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

function withoutCode(text: string): string {
  return text.replaceAll(/^(`{3,})[\s\S]*?^\1/gm, '');
}
