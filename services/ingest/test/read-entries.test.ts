import { SubmittedPostSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { discoverFeed } from '../sources/feeds/discover-feed.ts';
import { NoFeedError, readEntries } from '../sources/feeds/read-entries.ts';

const ACCOUNT = 'https://blog.test/feed';
const read = (text: string) => readEntries(text, ACCOUNT, 'https://blog.test/feeds/all.xml');

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ana &amp; co</title>
  <item><title>Second</title><guid isPermaLink="false">g2</guid></item>
  <item><title>First &lt;b&gt;look&lt;/b&gt;</title><link>/1</link><guid isPermaLink="false">g1</guid>
  <pubDate>Tue, 10 Nov 2026 09:00:00 +0100</pubDate><category>skin</category>
  <description>&lt;p&gt;Short&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>Quillon&nbsp;Ember</p><p>soon</p><img src="a.jpg" alt="a jar"><a href="/shop">x</a><script>no()</script>]]></content:encoded>
  <enclosure url="https://cdn.test/e.mp3" type="audio/mpeg" length="1"/>
  <media:content url="https://cdn.test/m.jpg" type="image/jpeg"><media:description>a lid</media:description></media:content>
  </item></channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:1</id>
  <link rel="alternate" href="https://blog.test/1"/><link rel="enclosure" type="image/png" href="https://cdn.test/e.png"/>
  <published>2026-11-10T09:00:00Z</published><updated>2026-11-11T09:00:00Z</updated>
  <content type="html">&lt;p&gt;Hello</content></entry></feed>`;
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'T',
  items: [{ id: '1', content_text: '1 < 2 & 3', image: 'https://cdn.test/i.png', tags: ['a'] }],
});

describe('entries of a feed', () => {
  it('of RSS have their texts, pictures and links, the oldest first', () => {
    const posts = read(RSS);
    expect(posts.map(({ id }) => id)).toEqual(['g1', 'g2']);
    expect(posts[0]).toEqual({
      id: 'g1',
      platform: 'feed',
      instance: ACCOUNT,
      author: { id: ACCOUNT, handle: ACCOUNT, displayName: 'Ana & co' },
      title: 'First look',
      text: 'Short\n\nQuillon\u00a0Ember\nsoon\nx',
      url: 'https://blog.test/1',
      publishedAt: '2026-11-10T08:00:00.000Z',
      tags: ['skin'],
      links: ['https://blog.test/shop'],
      media: [
        { url: 'https://cdn.test/e.mp3', mime: 'audio/mpeg' },
        { url: 'https://cdn.test/m.jpg', mime: 'image/jpeg', alt: 'a lid' },
        { url: 'https://blog.test/feeds/a.jpg', alt: 'a jar' },
      ],
    });
  });

  it('of Atom have both of their times', () => {
    expect(read(ATOM)).toMatchObject([
      {
        id: 'tag:1',
        text: 'Hello',
        publishedAt: '2026-11-10T09:00:00.000Z',
        editedAt: '2026-11-11T09:00:00.000Z',
        media: [{ url: 'https://cdn.test/e.png', mime: 'image/png' }],
      },
    ]);
  });

  it('of JSON Feed keep the signs of plain text', () => {
    expect(read(JSON_FEED)).toMatchObject([
      { id: '1', text: '1 < 2 & 3', tags: ['a'], media: [{ url: 'https://cdn.test/i.png' }] },
    ]);
  });

  it('are posts that ingest takes, whatever they lack', () => {
    const bare =
      '<rss version="2.0"><channel><item><title>x</title><pubDate>soon</pubDate></item></channel></rss>';
    const posts = [...read(RSS), ...read(ATOM), ...read(JSON_FEED), ...read(bare)];
    for (const post of posts) expect(SubmittedPostSchema.safeParse(post).success).toBe(true);
    expect(read(bare)).toEqual(read(bare));
  });

  it.each([
    ['garbage', 'not a feed'],
    ['a page', '<!doctype html><html><body>hello</body></html>'],
    ['XML cut off', '<rss><channel><item><title>x'],
    ['nothing', ''],
  ])('are not read from %s', (_name, text) => {
    expect(() => read(text)).toThrow(NoFeedError);
  });

  it('do not grow by entities that stand for others', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">${levels.join('')}]>
      <rss version="2.0"><channel><item><title>&e12;</title></item></channel></rss>`;
    const read12 = () => JSON.stringify(read(bomb)).length;
    let length = 0;
    try {
      length = read12();
    } catch (error) {
      if (!(error instanceof NoFeedError)) throw error;
    }
    expect(length).toBeLessThan(10_000);
  });
});

describe('the feed of a page', () => {
  it('is the first that its head names', () => {
    const page = `<head><link rel="stylesheet" href="a.css"><link rel="alternate" type="text/html" href="/de">
      <link type='application/rss+xml' rel='alternate' href='/feed?a=1&amp;b=2'></head>`;
    expect(discoverFeed(page, 'https://blog.test/about')).toBe('https://blog.test/feed?a=1&b=2');
    expect(discoverFeed('<p>no feed</p>', 'https://blog.test')).toBeNull();
  });
});
