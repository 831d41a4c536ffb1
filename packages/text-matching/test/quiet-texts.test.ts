import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileTextMatcher, type TextItem } from '../index.ts';

const item = (id: string, text: string, term: Partial<TextItem['term']> = {}): TextItem => ({
  campaignId: 'c',
  term: { id, text, ...term },
});
const WORDS = [item('mist', 'Velora Mist'), item('short', 'Velora 7'), item('green', 'Greenlit')];
const NUMBERS = [
  item('lot', 'Velora 20261122'),
  item('ean', '4006381333931', { kind: 'sku' }),
  item('day', '24 December 2026', { kind: 'date' }),
  item('price', '€ 14999', { kind: 'price' }),
];

const inAddress = (matcher: ReturnType<typeof compileTextMatcher>['matcher'], address: string) =>
  matcher.matchPost({
    fields: [
      { kind: 'caption', text: '' },
      { kind: 'address', text: address },
    ],
  });

it.each([
  ['https://shop.example/lots/velora-20261121', 'https://shop.example/lots/velora-20261122', 'lot'],
  ['https://shop.example/p/4006381333932', 'https://shop.example/p/4006381333931', 'ean'],
  ['https://shop.example/2026/12/23/news-1234', 'https://shop.example/2026/12/24/news-1235', 'day'],
  ['https://shop.example/@ana/12345678', 'https://shop.example/@velora.mist/12345678', 'mist'],
  ['https://shop.example/velora-5/post/12345678', 'https://shop.example/velora-7/post/12345678', 'short'],
  ['https://shop.example/gr44nlit/12345678', 'https://shop.example/gr33nlit/12345678', 'green'],
])('after %s without a name, one in %s is found', (quiet, leak, id) => {
  const { matcher } = compileTextMatcher([...WORDS, ...NUMBERS]);
  expect(inAddress(matcher, quiet)).toEqual([]);
  expect(inAddress(matcher, leak).map(({ itemId }) => itemId)).toEqual([id]);
});

it('a matcher that has seen addresses before finds in the next one what a new matcher finds', () => {
  const part = fc.constantFrom(
    ...['velora', 'mist', '-7', '7', 'gr33nlit', 'v310ra', '/', '-', '.', '_', '20261122', '4006381333931'],
  );
  const id = fc.oneof(part, fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String));
  const address = fc.array(id, { maxLength: 6 }).map((parts) => `https://a.example/@ana/${parts.join('')}`);
  fc.assert(
    fc.property(fc.constantFrom(WORDS, [...WORDS, ...NUMBERS]), fc.array(address), (items, addresses) => {
      const { matcher } = compileTextMatcher(items);
      for (const one of addresses) {
        expect(inAddress(matcher, one)).toEqual(inAddress(compileTextMatcher(items).matcher, one));
      }
    }),
    { numRuns: 60 },
  );
});
