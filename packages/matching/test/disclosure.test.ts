import { detectionId, postId, postThreadId, type MatchEvidence } from '@leakwatch/contracts';
import { captionOf } from '@leakwatch/text-matching';
import { describe, expect, it } from 'vitest';
import { compileDisclosure, compileWatchList, describeDetection } from '../index.ts';

describe('a disclosure', () => {
  const says = compileDisclosure({});

  it.each([
    ['a tag', 'the new lamp ✨ #ad'],
    ['a tag in capitals, among others', '#lamp #AD, #light'],
    ['a tag in compatible letter forms', 'so bright ＃ａｄ'],
    ['a tag without its accent', 'la nouvelle lampe #publicite'],
    ['a tag with its accent in two code points', 'la nouvelle lampe #publicite\u0301'],
    ['a word that German media authorities ask for', 'WERBUNG | die neue Lampe'],
    ['that word as a tag', 'die neue Lampe #anzeige'],
    ['two words across a line', 'Paid\n  Partnership with Aurora'],
    ['an invisible character within', '#a\u200bd lamp'],
    ['a tag that a longer one begins with', '#advert'],
  ])('is found: %s', (_what, text) => {
    expect(says(text)).toBe(true);
  });

  it.each([
    ['nothing of it', 'the new lamp ✨ #lamp'],
    ['a tag that begins like it', '#adventure #ads'],
    ['a tag that ends like it', '#notad mail#ad'],
    ['the word of a tag', 'an ad hoc test'],
    ['a tag with an underscore', '#ad_free'],
    ['a longer word', 'Werbungen sind das nicht'],
    ['no text', ''],
  ])('is not found: %s', (_what, text) => {
    expect(says(text)).toBe(false);
  });

  it('is one of the campaign’s own tags where it names them, whatever signs are in them', () => {
    const own = compileDisclosure({ tags: ['#aurora.partner', '(C+)'] });
    expect(own('new #Aurora.Partner!')).toBe(true);
    expect(own('new #auroraxpartner')).toBe(false);
    expect(own('a gift (c+)')).toBe(true);
    expect(own('the new lamp #ad')).toBe(false);
  });
});

describe('a detection', () => {
  const place = { platform: 'instagram', instance: 'instagram.com', nativeId: 'p1' };
  const post = {
    ...place,
    id: postId({ ...place, revision: 1, op: 'create' }),
    threadId: postThreadId(place),
    revision: 1,
    op: 'create',
    creatorId: 'mara',
    authorHandle: 'mara',
    canonicalUrl: null,
    publishedAt: '2026-11-23T09:00:00.000Z',
    observedAt: '2026-11-23T09:00:00.000Z',
  } as const;
  const campaign = { sensitivity: 'normal' } as const;
  const { disclosures } = compileWatchList({
    version: 1,
    campaigns: [
      { ...campaign, terms: [], assets: [], approvedPosts: [], id: 'asks', name: 'Asks', disclosure: {} },
      { ...campaign, terms: [], assets: [], approvedPosts: [], id: 'asks-not', name: 'Asks not' },
    ],
  });
  const postOf = (text: string, tags: readonly string[]) => ({
    fields: [...captionOf(text).fields, ...tags.map((tag) => ({ kind: 'hashtag' as const, text: tag }))],
  });
  const describeIn = (campaignId: string, text: string | null, tags: readonly string[] = []) => {
    const evidence: MatchEvidence = {
      campaignId,
      itemId: 'item',
      kind: text === null ? 'asset' : 'term',
      confidence: 1,
      span: null,
      matched: 'lamp',
      how: [],
      distance: null,
      mediaIndex: text === null ? 0 : null,
      region: null,
    };
    const context = {
      post,
      disclosures,
      text: text === null ? null : postOf(text, tags),
      engine: 'test/1',
      watchListVersion: 1,
      at: new Date(0),
      kept: null,
    };
    const lane = text === null ? 'image' : 'text';
    return describeDetection({ ...context, lane, rescanJobId: null }, evidence);
  };

  it('says whether the text discloses', () => {
    expect(describeIn('asks', 'the lamp #ad')).toMatchObject({
      id: detectionId(post.id, 'asks', 'term', 'item'),
      disclosed: true,
    });
    expect(describeIn('asks', 'the lamp')).toMatchObject({ disclosed: false });
  });

  it('says so of a hashtag that the platform lists beside the text', () => {
    expect(describeIn('asks', 'the lamp', ['#lamp', '#ad'])).toMatchObject({ disclosed: true });
    expect(describeIn('asks', 'the lamp', ['#adventure'])).toMatchObject({ disclosed: false });
  });

  it('says nothing of it where the campaign asks for none, and of a picture', () => {
    expect(describeIn('asks-not', 'the lamp')).not.toHaveProperty('disclosed');
    expect(describeIn('asks', null)).not.toHaveProperty('disclosed');
  });
});
