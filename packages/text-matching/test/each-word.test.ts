import { describe, expect, it } from 'vitest';
import { seededRandom } from '../bench/make-corpus.ts';
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
  stars: (word) => Array.from(word).join('*'),
  'soft hyphen': (word) => `${word.slice(0, 2)}\u00ad${word.slice(2)}`,
  accents: (word) => word.replaceAll('o', 'õ').replaceAll('e', 'ê').replaceAll('i', 'ï').replaceAll('a', 'à'),
  'look-alike digits': (word) => word.replaceAll('o', '0').replaceAll('e', '3').replaceAll('a', '4'),
  'HTML tag': (word) => `${word.slice(0, 3)}<b></b>${word.slice(3)}`,
  'upper case': (word) => word.toUpperCase(),
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

/** Names of one to four words of invented syllables, the same in every run. */
function inventedNames(count: number): string[] {
  const random = seededRandom(20_261_129);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const syllable = () =>
    pick('b br d dr f g gr k l m n p qu r s st t tr v w z'.split(' ')) + pick(Array.from('aeiou'));
  const word = () => {
    const letters =
      Array.from({ length: pick([2, 3]) }, syllable).join('') + pick(['n', 'l', 'r', 'm', 'x', 'th']);
    return letters.charAt(0).toUpperCase() + letters.slice(1);
  };
  return Array.from({ length: count }, (_, n) => Array.from({ length: 1 + (n % 4) }, word).join(' '));
}

describe('every disguise of every subset of the words of invented names', () => {
  const ways = Object.entries(DISGUISES);
  const names = inventedNames(40);
  const { matcher } = compileTextMatcher(
    names.map((text) => ({ campaignId: 'c', term: { id: text, text } })),
  );
  const missedOf = (name: string, written: string) =>
    matcher.match(`look: ${written} is here`).some(({ itemId }) => itemId === name)
      ? []
      : [`${name}: ${written}`];

  it('is found, one disguise at a time', () => {
    const missed = names.flatMap((name) => {
      const words = name.split(' ');
      return subsetsOf(words.length).flatMap((subset) =>
        ways.flatMap(([, disguise]) =>
          missedOf(name, words.map((word, n) => ((subset >> n) & 1 ? disguise(word) : word)).join(' ')),
        ),
      );
    });
    expect(missed).toEqual([]);
  });

  it('is found, every pair of disguises on two words', () => {
    const missed = names.slice(0, 16).flatMap((name) => {
      const words = name.split(' ');
      return words.slice(1).flatMap((_, first) =>
        ways.flatMap(([, one]) =>
          ways.flatMap(([, other]) => {
            const written = words.map((word, n) =>
              n === first ? one(word) : n === first + 1 ? other(word) : word,
            );
            return missedOf(name, written.join(' '));
          }),
        ),
      );
    });
    expect(missed).toEqual([]);
  });
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
