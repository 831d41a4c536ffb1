/** The filters that rule words out early never reject a word that a full comparison accepts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../fold/fold-text.ts';
import { letterSet } from '../fuzzy/letter-set.ts';
import { NumberList } from '../hashing/number-list.ts';
import { nameOf, type Name } from '../names/name.ts';
import { policyOf } from '../policy/term-policy.ts';
import { judgePhrase } from '../verify/judge-phrase.ts';
import { addCompanion, mayHaveCompanion, type Companions } from '../search/companions.ts';
import { mayBeForm } from '../words/form-letters.ts';
import { loadKnownWords } from '../words/known-words.ts';
import { WordView } from '../words/word-view.ts';

const NAMES = [
  'Copper Lullaby',
  'Quillon Ember',
  'Ember One',
  'Mara Veil 12',
  'Night of the Velora',
  'Cinder Moss Mist Oil',
];
const known = loadKnownWords();

function companionsOf(name: Name, places: readonly number[]): Companions {
  const companions = new NumberList();
  for (const place of places) addCompanion(companions, name, place);
  return companions.whole();
}

/** A name's word as people write it: as itself, inflected, without vowels, backwards, or with one slip. */
function slipOf(word: string): fc.Arbitrary<string> {
  const at = fc.nat(word.length - 1);
  return fc.oneof(
    fc.constantFrom(
      word,
      `${word}s`,
      word.replace(/y$/, 'ies'),
      word.charAt(0) + word.slice(1).replace(/[aeiou]/g, ''),
      Array.from(word).reverse().join(''),
    ),
    at.map((place) => word.slice(0, place) + word.slice(place + 1)),
    at.map((place) => `${word.slice(0, place)}z${word.slice(place)}`),
    at.map((place) => `${word.slice(0, place)}z${word.slice(place + 1)}`),
    at.map(
      (place) => word.slice(0, place) + word.charAt(place + 1) + word.charAt(place) + word.slice(place + 2),
    ),
  );
}

/** A {@link slipOf} word, or one masked at an end, or one with two slips. */
function formOf(word: string): fc.Arbitrary<string> {
  return fc.oneof(
    slipOf(word),
    fc.constantFrom(`*${word.slice(1)}`, `${word.slice(0, -2)}**`),
    slipOf(word).chain((slipped) => slipOf(slipped === '' ? word : slipped)),
  );
}

/** A name, the gap that its words may have, and a text that holds its words in some form and order among others. */
const nameAndText = fc.constantFrom(...NAMES).chain((name) =>
  fc.tuple(
    fc.constant(name),
    fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    fc
      .tuple(
        ...name
          .split(' ')
          .map((word) =>
            fc.tuple(
              formOf(word),
              fc.array(fc.constantFrom('the', 'new', 'a', 'with', '7', 'sparrow'), { maxLength: 3 }),
              fc.nat(1),
            ),
          ),
      )
      .map((parts) =>
        // A part with a higher number stands later, so some names are in order and some are not.
        parts
          .toSorted(([, , a], [, , b]) => a - b)
          .flatMap(([word, others]) => [word, ...others])
          .join(' '),
      ),
  ),
);

/** Every word of the names, with a form or a slip of it. */
const wordAndForm = fc
  .constantFrom(...NAMES.flatMap((name) => name.split(' ')).filter((word) => word.length >= 3))
  .chain((word) => fc.tuple(fc.constant(word), slipOf(word)));

describe('a word', () => {
  it('is never ruled out by its letters where the text has it in some form or with a slip', () => {
    fc.assert(
      fc.property(wordAndForm, ([text, form]) => {
        const { phrase } = nameOf(
          0,
          text,
          'en',
          (length) => policyOf({ id: 't', text }, length, false),
          known,
        );
        const { own, least, most, limit } = phrase.words[0]!.letters;
        const folded = foldText(form);
        expect(mayBeForm(letterSet(folded.symbols, 0, folded.length), own, least, most, limit)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a companion', () => {
  it('is never ruled out where the name is found', () => {
    let found = 0;
    fc.assert(
      fc.property(nameAndText, ([text, near, post]) => {
        const name = nameOf(
          0,
          text,
          'en',
          (length) => policyOf({ id: 't', text, policy: { near } }, length, false),
          known,
        );
        const folded = foldText(post);
        const view = new WordView(known);
        view.read(folded);
        const companions = companionsOf(
          name,
          name.phrase.words.map((_, place) => place),
        );
        for (const place of name.phrase.words.keys()) {
          for (let word = 0; word < view.count; word++) {
            if (judgePhrase(folded, view, name, place, word, 0, 0) === undefined) continue;
            found++;
            expect(mayHaveCompanion(companions, place, folded, view, word)).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  it('is ruled out where the words around have other letters', () => {
    const name = nameOf(
      0,
      'Copper Lullaby',
      'en',
      (length) => policyOf({ id: 't', text: 'Copper Lullaby' }, length, false),
      known,
    );
    const companions = companionsOf(name, [0]);
    const folded = foldText('a copper pipe and some other things');
    const view = new WordView(known);
    view.read(folded);
    expect(mayHaveCompanion(companions, 0, folded, view, 1)).toBe(false);
  });
});
