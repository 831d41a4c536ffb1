/** Properties that hold for every name and every text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';
import { foldText } from '../fold/fold-text.ts';

const letters = fc.stringMatching(
  /^[bcdfgklmnprstvz][aeiou][bcdfgklmnprstvz][aeiou][bcdfgklmnprstvz][aeiou][b-z]{0,4}$/,
);
/** Names of one to three invented words. */
const nameText = fc.array(letters, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
/** Strings of UTF-16 units, including lone surrogates. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
  .map((units) => String.fromCharCode(...units));
const looksLikeText = fc
  .array(
    fc.oneof(
      letters,
      fc.constantFrom(' ', '#', '@', '*', '&amp;', '%20', '1', '$', '🔥', '\u200b', 'о', 'é', '\n'),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

function watch(names: readonly string[]) {
  return compileTextMatcher(
    names.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
  ).matcher;
}

function foldedSymbols(text: string): string {
  const folded = foldText(text);
  return String.fromCodePoint(...folded.symbols.subarray(0, folded.length));
}

const disguises: Readonly<Record<string, (name: string) => string>> = {
  'as it is': (name) => name,
  'in upper case': (name) => name.toUpperCase(),
  'in full width': (name) =>
    Array.from(name, (unit) => (unit === ' ' ? unit : String.fromCharCode(unit.charCodeAt(0) + 0xfee0))).join(
      '',
    ),
  'in mathematical letters': (name) =>
    Array.from(name, (unit) =>
      unit === ' ' ? unit : String.fromCodePoint(unit.charCodeAt(0) - 97 + 0x1d41a),
    ).join(''),
  'with marks over it': (name) => Array.from(name, (unit) => `${unit}\u0301\u0336`).join(''),
  'with zero width': (name) => Array.from(name).join('\u200b'),
  joined: (name) => name.replaceAll(' ', ''),
  'as a slug': (name) => `https://x.example/${name.replaceAll(' ', '-')}`,
  'as a handle': (name) => `@${name.replaceAll(' ', '_')}`,
  'spaced out': (name) => Array.from(name.replaceAll(' ', '')).join(' '),
  dotted: (name) => Array.from(name.replaceAll(' ', '')).join('.'),
  'parted by emoji': (name) => Array.from(name.replaceAll(' ', '')).join('🔥'),
  'as HTML entities': (name) => Array.from(name, (unit) => `&#${unit.charCodeAt(0)};`).join(''),
  'with a Cyrillic letter': (name) =>
    name.replace(/[aeo]/, (letter) => ({ a: 'а', e: 'е', o: 'о' })[letter] ?? letter),
  'with a stretched letter': (name) => name.replace(/[aeiou]/, (letter) => letter.repeat(5)),
};

describe('a name is found in itself', () => {
  it.each(Object.entries(disguises))('%s', (_, disguise) => {
    fc.assert(
      fc.property(nameText, (name) => {
        const text = `so ${disguise(name)} it is`;
        const [match] = watch([name]).match(text);
        expect(match, text).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('spans', () => {
  it('cut the original into text that reads as the name', () => {
    fc.assert(
      fc.property(
        nameText,
        anyText,
        anyText,
        fc.constantFrom(...Object.values(disguises)),
        (name, before, after, disguise) => {
          const text = `${before} ${disguise(name)} ${after}`;
          for (const match of watch([name]).match(text)) {
            expect(text.slice(match.span[0], match.span[1])).toBe(match.matched);
            if (
              match.how.some((flag) =>
                ['typo', 'masked', 'leet', 'confusable', 'reversed', 'inflected'].includes(flag),
              )
            )
              continue;
            const wanted = foldedSymbols(name).replace(/(.)\1+/gu, '$1');
            const signs = /[^\p{L}\p{N}]/gu;
            expect(
              foldedSymbols(match.matched)
                .replace(signs, '')
                .replace(/(.)\1+/gu, '$1'),
            ).toContain(wanted);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('lie within the text, once for each term, in order', () => {
    fc.assert(
      fc.property(fc.array(nameText, { minLength: 1, maxLength: 8 }), looksLikeText, (names, noise) => {
        const text = `${noise} ${names.join(' ')} ${noise}`;
        const matches = watch(names).match(text);
        expect(new Set(matches.map((match) => match.itemId)).size).toBe(matches.length);
        let last = 0;
        for (const { span, confidence } of matches) {
          expect(span[0]).toBeGreaterThanOrEqual(last);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(span[1]).toBeLessThanOrEqual(text.length);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThanOrEqual(1);
          last = span[0];
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('any string', () => {
  it.each([
    ['of code points', anyText],
    ['of UTF-16 units', anyUnits],
    ['that looks like a post', looksLikeText],
  ])('%s is taken', (_, strings) => {
    const matcher = watch([
      'velora mist',
      'kindling',
      'NX-4410B',
      '星屑リップ',
      '달빛 세럼',
      'Полярный Блеск',
    ]);
    fc.assert(
      fc.property(strings, (text) => {
        for (const match of matcher.match(text)) expect(text.slice(...match.span)).toBe(match.matched);
      }),
      { numRuns: 400 },
    );
  });

  it('can be a term or is refused by name', () => {
    fc.assert(
      fc.property(anyUnits, anyUnits, (name, text) => {
        const items = [{ campaignId: 'c', term: { id: 't', text: name } }];
        try {
          compileTextMatcher(items).matcher.match(`${text} ${name}`);
        } catch (error) {
          expect(error).toMatchObject({ name: 'TermError', campaignId: 'c', itemId: 't' });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the order of the terms', () => {
  it('makes no difference', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(nameText, { minLength: 2, maxLength: 12 }),
        looksLikeText,
        (names, noise) => {
          const items = names.map((text) => ({ campaignId: 'c', term: { id: text, text } }));
          const text = `${noise} ${names[0] ?? ''} ${names[1] ?? ''}s ${noise}`;
          const forwards = compileTextMatcher(items).matcher.match(text);
          const backwards = compileTextMatcher(items.toReversed()).matcher.match(text);
          const byTerm = (a: { itemId: string }, b: { itemId: string }) => (a.itemId < b.itemId ? -1 : 1);
          expect(backwards.sort(byTerm)).toEqual(forwards.sort(byTerm));
        },
      ),
      { numRuns: 100 },
    );
  });
});
