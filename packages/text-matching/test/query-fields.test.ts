import { type TextFieldKind } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { compileTextMatcher, type PostText } from '../index.ts';

function takes(query: string, post: PostText): boolean {
  const term = { id: 'q', text: query, kind: 'query' };
  return compileTextMatcher([{ campaignId: 'c', term }]).matcher.matchPost(post).length === 1;
}

/** A post of a caption and one more field. */
function post(
  caption: string,
  kind: TextFieldKind = 'alt-text',
  text = '',
  more: Partial<PostText> = {},
): PostText {
  return {
    fields: [
      { kind: 'caption', text: caption },
      { kind, text },
    ],
    ...more,
  };
}

describe('a query asks a post', () => {
  it.each<[string, readonly PostText[], readonly PostText[]]>([
    [
      'author:velora_leaks',
      [post('x', 'handle', 'Velora_Leaks'), post('x', 'display-name', 'velora_leaks')],
      [post('by velora_leaks'), post('x', 'handle', 'velora_leaks2')],
    ],
    [
      'author:*leaks velora',
      [post('velora', 'handle', '@the.leaks')],
      [post('velora', 'handle', 'leaks_a'), post('velora leaks')],
    ],
    [
      'author:("Ann Lee" OR bob)',
      [post('x', 'display-name', 'ann lee'), post('x', 'handle', 'bob')],
      [post('x', 'handle', 'ann')],
    ],
    [
      'title:velora',
      [post('x', 'title', 'New Velora'), post('Velora without a title')],
      [post('velora', 'title', 'New')],
    ],
    [
      'title:(velora NOT review) mist',
      [post('mist', 'title', 'Velora')],
      [post('mist', 'title', 'Velora review'), post('mist', 'title', 'mist')],
    ],
    [
      'title:(velora NEAR/1 mist)',
      [post('x', 'title', 'velora mist')],
      [post('mist', 'title', 'velora'), post('velora mist', 'title', 'x')],
    ],
    [
      'velora platform:tiktok',
      [post('velora', 'place', '', { platform: 'TikTok' }), post('velora')],
      [post('velora', 'place', '', { platform: 'x' })],
    ],
    [
      'velora -platform:x',
      [post('velora', 'place', '', { platform: 'tiktok' }), post('velora')],
      [post('velora', 'place', '', { platform: 'x' })],
    ],
    [
      'velora lang:de',
      [post('velora', 'place', '', { language: 'de-AT' }), post('velora')],
      [post('velora', 'place', '', { language: 'en' })],
    ],
    [
      'velora -language:de',
      [post('velora'), post('velora', 'place', '', { language: 'en' })],
      [post('velora', 'place', '', { language: 'de' })],
    ],
    [
      'site:x.example',
      [post('a', 'address', 'https://www.x.example/p/1')],
      [post('https://x.example/p'), post('a', 'address', 'https://y.example/x.example')],
    ],
    [
      'url:x.example/p',
      [post('a', 'address', 'https://x.example/p/1'), post('a', 'link', 'http://x.example/p')],
      [post('a', 'address', 'https://x.example/q')],
    ],
    [
      'links:x.example',
      [post('a', 'link', 'https://x.example'), post('see x.example/a')],
      [post('a', 'address', 'https://x.example/p/1')],
    ],
    [
      '#launch',
      [post('x', 'hashtag', 'launch'), post('x', 'hashtag', '#Launch')],
      [post('x', 'alt-text', 'launch')],
    ],
  ])('%s', (query, taken, refused) => {
    for (const one of taken) expect(takes(query, one), JSON.stringify(one)).toBe(true);
    for (const one of refused) expect(takes(query, one), JSON.stringify(one)).toBe(false);
  });

  it('for a word in any field, and excludes it only where the post itself says it', () => {
    expect(takes('velora', post('x', 'file-name', 'velora.jpg'))).toBe(true);
    expect(takes('velora NOT review', post('velora', 'display-name', 'Review Queen'))).toBe(true);
    expect(takes('velora NOT review', post('velora', 'alt-text', 'a review'))).toBe(false);
  });
});

describe('a post that repeats words without end', () => {
  const { matcher } = compileTextMatcher([
    { campaignId: 'c', term: { id: 'pair', text: 'velora ONEAR/1 mist', kind: 'query' } },
    {
      campaignId: 'c',
      term: { id: 'chain', text: `velora${' NEAR/50 velora'.repeat(40)} NEAR/1 mist`, kind: 'query' },
    },
    { campaignId: 'c', term: { id: 'all', text: '"velora velora velora mist"~90', kind: 'query' } },
  ]);

  it('hides no pair', () => {
    expect(
      matcher.match(`${'velora so it is '.repeat(3_000)} velora mist`).map(({ itemId }) => itemId),
    ).toContain('pair');
    expect(matcher.match('velora so it is '.repeat(3_000)).map(({ itemId }) => itemId)).not.toContain('pair');
  });

  it.each(['velora ', 'velora mist ', 'mist velora x ', '月影を'])('ends on %j', (unit) => {
    matcher.match(unit.repeat(100_000 / unit.length));
  });
});
