/** A post as an alert shows it on a terminal: its whole text, with what matched marked. */
import { type incident } from '@leakwatch/console/schemas';
import { describe, expect, it } from 'vitest';
import { formatPosts } from '../screen/posts.ts';

type Field = incident.Post['fields'][number];

function matchAt(text: string, matched: string): Field['matches'][number] {
  const from = text.indexOf(matched);
  return {
    detectionId: 'a'.repeat(64),
    itemId: 'name',
    term: 'Orvane Mist',
    span: [from, from + matched.length],
    matched,
    disguises: [],
    confidence: 0.98,
    removedAt: null,
  };
}

function post(fields: readonly Field[], more: Partial<incident.Post> = {}): incident.Post {
  return {
    id: 'b'.repeat(64),
    threadId: 'c'.repeat(64),
    platform: 'mastodon',
    url: 'https://social.example/@ana/1',
    author: { handle: 'ana', displayName: 'Ana' },
    type: 'post',
    revision: 1,
    publishedAt: '2026-11-29T09:00:00.000Z',
    observedAt: '2026-11-29T09:00:01.000Z',
    standing: 'stands',
    removedAt: null,
    fields: [...fields],
    pictures: [],
    ...more,
  };
}

const lines = (one: incident.Post, pictureMatches: readonly incident.PictureMatch[] = []) =>
  formatPosts({ posts: [one], pictureMatches }, false);

describe('a post of an alert', () => {
  it('is shown whole, with handle, address, standing, marks and confidence', () => {
    const text = 'so happy!\nthe Orvane Mist and orvane-mist\nfriday';
    const shown = lines(
      post([
        { kind: 'caption', text, matches: [matchAt(text, 'orvane-mist'), matchAt(text, 'Orvane Mist')] },
      ]),
    );
    expect(shown).toEqual([
      '',
      '@ana (Ana) on mastodon, 2026-11-29T09:00:00.000Z: still stands',
      'https://social.example/@ana/1',
      'caption:',
      '  so happy!',
      '  the [Orvane Mist] and [orvane-mist]',
      '  friday',
      '    “orvane-mist” for Orvane Mist, 98.0 %',
      '    “Orvane Mist” for Orvane Mist, 98.0 %',
    ]);
  });

  it.each([
    ['edited', 'was edited'],
    ['deleted', 'was deleted'],
  ] as const)('that was %s says so', (standing, said) => {
    expect(lines(post([], { standing, url: null }))[1]).toContain(said);
  });

  it('marks each line of a match, and overlaps once', () => {
    const text = 'Orvane\nMist here';
    const matches = [matchAt(text, 'Orvane\nMist'), matchAt(text, 'Mist here')];
    expect(lines(post([{ kind: 'caption', text, matches }])).slice(4, 6)).toEqual([
      '  [Orvane]',
      '  [Mist][ here]',
    ]);
  });

  it('has its marks in reverse video on a terminal', () => {
    const text = 'the Orvane';
    const one = post([{ kind: 'caption', text, matches: [matchAt(text, 'Orvane')] }]);
    expect(formatPosts({ posts: [one], pictureMatches: [] }, true)).toContain(
      '  the \u001b[7mOrvane\u001b[27m',
    );
  });

  it('steers no terminal', () => {
    const text = '\u001b[2J\u001b]0;x\u0007Orvane\u202e Mist\u001b[31m';
    const shown = lines(post([{ kind: 'caption', text, matches: [matchAt(text, 'Orvane')] }])).join('\n');
    for (const steering of ['\u0007', '\u001b', '\u202e']) expect(shown).not.toContain(steering);
    expect(shown).toContain('[Orvane]');
  });

  it('tells of each picture whether it was kept, and what it shows', () => {
    const picture = { mediaIndex: 0, src: null, alt: 'a box', widthPx: 1, heightPx: 1, missing: null };
    const shown = lines(
      post([], { pictures: [picture, { ...picture, mediaIndex: 1, alt: null, missing: 'HTTP 404' }] }),
      [
        {
          detectionId: 'd'.repeat(64),
          postId: 'b'.repeat(64),
          mediaIndex: 0,
          asset: { id: 'hero', name: 'Hero', src: null },
          picture,
          region: null,
          disguises: [{ code: 'mirrored', says: 'mirrored' }],
          grade: 'part',
          confidence: 0.9,
          removedAt: '2026-11-29T10:00:00.000Z',
        },
      ],
    );
    expect(shown.slice(3)).toEqual([
      'picture 1: a box (kept)',
      '    shows Hero, a part of it, 90.0 %, mirrored, gone since',
      'picture 2 (not kept: HTTP 404)',
    ]);
  });
});
