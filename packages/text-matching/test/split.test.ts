import { describe, expect, it } from 'vitest';
import { type TextField } from '@leakwatch/contracts';
import { captionOf, compileTextMatcher } from '../index.ts';

const NAMES = [
  'Halden Prism',
  'Glimmerstead',
  'Copper Kite',
  'Nightfall',
  'Winterberry Cloud Balm',
  'Zorvex 9',
  'The Zorvexium',
];
const { matcher } = compileTextMatcher([
  ...NAMES.map((text) => ({ campaignId: 'c', term: { id: text, text } })),
  { campaignId: 'c', term: { id: 'whole', text: 'Brindle Wexford', policy: { forbid: ['over-pictures'] } } },
  { campaignId: 'c', term: { id: 'needs', text: 'Ostrava Quillon', policy: { require: ['soon'] } } },
  { campaignId: 'c', term: { id: 'fixed', text: '129 EUR', kind: 'price' } },
]);

function inPictures(...texts: readonly string[]) {
  const pictures = texts.map((text): TextField => ({ kind: 'alt-text', text }));
  return matcher.matchPost({ fields: [{ kind: 'caption', text: 'look' }, ...pictures] });
}

describe('a name split over the descriptions of pictures', () => {
  it.each([
    ['Halden Prism', ['here is Halden', 'Prism in blue']],
    ['Halden Prism', ['unboxing HALDEN… 1/2', '2/2 prism!']],
    ['Halden Prism', ['a door', 'Hálden 🎉', '✨ Prism']],
    ['Glimmerstead', ['so excited: Glimmer', 'stead is here']],
    ['Winterberry Cloud Balm', ['my winterberry', 'cloud balm']],
    ['Winterberry Cloud Balm', ['my winterberry cloud', 'balm, finally']],
  ])('finds %s in %j', (name, texts) => {
    const [match, ...others] = inPictures(...texts);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ itemId: name, how: ['split', 'over-pictures'] });
    expect(match?.confidence).toBeLessThan(0.7);
    expect(texts[match!.field - 1]!.slice(...match!.span)).toBe(match!.matched);
    const before = match?.before;
    expect(texts[before!.field! - 1]!.slice(...before!.span)).toBe(before!.matched);
  });

  it.each([
    ['ordinary words', ['door in copper', 'kite on a beach']],
    ['an ordinary compound', ['what a night', 'fall is near']],
    ['a number', ['I got a zorvex', '9 of them']],
    ['one rare word beside an ordinary one', ['this is the', 'zorvexium']],
    ['words that do not touch the edges', ['Halden is here', 'a Prism']],
    ['the parts in the other order', ['Prism', 'Halden']],
    ['a picture between them', ['Halden', 'something else', 'Prism']],
    ['only two of three words', ['winterberry', 'cloud']],
    ['a term that forbids it', ['Brindle', 'Wexford']],
    ['a term that requires another word', ['Ostrava', 'Quillon']],
    ['a price', ['only 129', 'EUR']],
  ])('does not find %s', (_, texts) => {
    expect(inPictures(...texts)).toEqual([]);
  });

  it('asks the whole post for what a term requires', () => {
    expect(inPictures('Ostrava', 'Quillon', 'soon')).toMatchObject([{ itemId: 'needs' }]);
  });

  it('keeps the edge between a caption and a description', () => {
    const fields: TextField[] = [
      { kind: 'caption', text: 'by Halden' },
      { kind: 'alt-text', text: 'Prism' },
      { kind: 'place', text: 'Halden' },
    ];
    expect(matcher.matchPost({ fields })).toEqual([]);
  });

  it('prefers the whole name', () => {
    const [match] = inPictures('my Halden', 'Prism', 'Halden Prism');
    expect(match).toMatchObject({ matched: 'Halden Prism', field: 3 });
    expect(match?.before).toBeUndefined();
  });
});

describe('a name split over two captions', () => {
  it('is found from the end of one and the start of the next', () => {
    const [match] = matcher.matchAfter('it is called Halden', captionOf('Prism. Goodbye'));
    expect(match).toMatchObject({
      itemId: 'Halden Prism',
      field: 0,
      span: [0, 5],
      how: ['split', 'over-posts'],
      before: { field: undefined, span: [13, 19], matched: 'Halden' },
    });
    expect(match?.confidence).toBeLessThan(0.6);
    expect(matcher.matchAfter('Halden it is called', captionOf('Prism'))).toEqual([]);
  });

  it('gives the place of the first part in a long text', () => {
    const earlier = `${'a word and another '.repeat(50)}Halden`;
    const [match] = matcher.matchAfter(earlier, captionOf('Prism'));
    expect(earlier.slice(...match!.before!.span)).toBe('Halden');
  });

  it.each([
    ['it is called Halden', true, false],
    ['it is called Halden 1/2', true, false],
    ['Halden it is called', false, false],
    ['Prism it is', false, true],
    ['2/2 Prism it is', false, true],
    ['it is Prism', false, false],
    ['3 4', false, false],
    ['', false, false],
    ['🎉', false, false],
  ])('may be in %j', (text, mayBeginName, mayEndName) => {
    expect(matcher.readPost(captionOf(text))).toMatchObject({ mayBeginName, mayEndName });
  });

  it('is told by the first and the last words of a text of several pieces', () => {
    const words = 'a word and another '.repeat(20_000);
    const reading = matcher.readPost(captionOf(`Prism ${words} Halden`));
    expect(reading).toMatchObject({ mayBeginName: true, mayEndName: true });
  });
});
