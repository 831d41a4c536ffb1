import { attributeOf } from '../html-parts.ts';

const FEED_TYPES = new Set(['application/rss+xml', 'application/atom+xml', 'application/feed+json']);
/** Characters of a page that are looked at: its head. */
const HEAD_LENGTH = 200_000;

/** Finds the address of a page's first feed in its `<link rel="alternate">`; null without one. */
export function discoverFeed(page: string, base: string): string | null {
  const links = page.slice(0, HEAD_LENGTH).match(/<link\b[^<>]{0,2000}>/gi) ?? [];
  for (const link of links) {
    const href = attributeOf(link, 'href');
    const isAlternate = /\balternate\b/i.test(attributeOf(link, 'rel') ?? '');
    if (!isAlternate || !FEED_TYPES.has((attributeOf(link, 'type') ?? '').toLowerCase())) continue;
    if (href !== undefined && URL.canParse(href, base)) return new URL(href, base).href;
  }
  return null;
}
