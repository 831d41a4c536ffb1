import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

/** Names of two to four words, and ways to write one word of them. */
const NAMES = ['Quillon Ember', 'Nightfall Collection', 'Saint Aubrey Mist', 'Cold Lantern Night Oil'];
const DISGUISES: Readonly<Record<string, (word: string) => string>> = {
  spaced: (word) => Array.from(word).join(' '),
  dotted: (word) => Array.from(word).join('.'),
  hyphens: (word) => Array.from(word).join('-'),
  underscores: (word) => Array.from(word).join('_'),
  'zero width': (word) => Array.from(word).join('\u200b'),
  'full width': (word) =>
    Array.from(word, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)).join(''),
  Cyrillic: (word) =>
    word.replaceAll('o', 'о').replaceAll('e', 'е').replaceAll('i', 'і').replaceAll('a', 'а'),
  stretched: (word) => word + word.slice(-1).repeat(4),
};

function isFound(name: string, written: string): boolean {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name } }]);
  return matcher.match(`look: ${written} is here`).length === 1;
}

/** Every non-empty choice of words, as bits. */
function subsetsOf(count: number): number[] {
  return Array.from({ length: 2 ** count - 1 }, (_, n) => n + 1);
}

describe('each word of a name may be disguised on its own', () => {
  for (const name of NAMES) {
    const words = name.split(' ');
    for (const [way, disguise] of Object.entries(DISGUISES)) {
      it.each(subsetsOf(words.length))(`${name}, ${way}, words %i`, (subset) => {
        const written = words.map((word, n) => ((subset >> n) & 1 ? disguise(word) : word)).join(' ');
        expect(isFound(name, written), written).toBe(true);
      });
    }
    it(`${name}, each word in another way`, () => {
      const ways = Object.values(DISGUISES);
      for (let shift = 0; shift < ways.length; shift++) {
        const written = words.map((word, n) => ways[(n + shift) % ways.length]?.(word) ?? word).join(' ');
        expect(isFound(name, written), written).toBe(true);
      }
    });
  }
});

/** name · text */
const INNOCENT: readonly (readonly [string, string])[] = [
  ['Mark One', 'm a r k'],
  ['Quillon Ember', 'Q u i l l o n September'],
  ['Quillon Ember', 'Q u i l l o n, the ember glows. E m b e'],
  ['Into One', 'in to one and all'],
];

it.each(INNOCENT)('%s is not in %j', (name, text) => {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name } }]);
  expect(matcher.match(text)).toEqual([]);
});
