/** Properties of every query that can be written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../boolean-queries/parse-query.ts';
import { printQuery } from '../boolean-queries/print-query.ts';
import { partsOf, type QueryNode } from '../boolean-queries/query.ts';
import { QueryError } from '../boolean-queries/query-error.ts';
import { TermError, compileTextMatcher } from '../index.ts';

function matcherOf(text: string) {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 'q', text, kind: 'query' } }]).matcher;
}

/** A part of a query, and a text that it accepts. */
interface Part {
  readonly query: string;
  readonly text: string;
}

const word = fc.stringMatching(
  /^[bcdfgklmnprstvz][aeiou][bcdfgklmnprstvz][aeiou]{1,2}[bcdfgklmnprstvz]{1,3}$/,
);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const same = (text: string): Part => ({ query: text, text });

const leaf: fc.Arbitrary<Part> = fc.oneof(
  word.map(same),
  words.map((all) => ({ query: `"${all.join(' ')}"`, text: all.join(' ') })),
  words.map((all) => ({ query: `"${all.join(', ')}!"`, text: `${all.join(', ')}!` })),
  word.map((one) => ({ query: `{${one}}`, text: one })),
  fc
    .constantFrom(
      'C#',
      'C++',
      '$49',
      '#1',
      '100%',
      'AT&T',
      '.com',
      '🔥',
      '❤️',
      '月影',
      '별빛',
      'Ёлка',
      'ñandú',
    )
    .map(same),
  fc
    .tuple(word, fc.constantFrom('+', '!', '#', ' & co', '-x'))
    .map(([one, sign]) => ({ query: `raw:"${one}${sign}"`, text: one + sign })),
  word.map((one) => ({ query: `#${one}`, text: `#${one}` })),
  word.map((one) => ({ query: `@${one}`, text: `@${one}` })),
  word.map((one) => ({ query: `${one.slice(0, 3)}*`, text: one })),
  word.map((one) => ({ query: `${one.slice(0, 2)}?${one.slice(3)}`, text: one })),
  word.map((one) => ({ query: `${one.slice(0, 1)}*${one.slice(-2)}`, text: one })),
  fc.tuple(word, word).map(([a, b]) => ({ query: `"${a} * ${b}"`, text: `${a} so ${b}` })),
  fc
    .tuple(words, fc.nat(9))
    .map(([all, n]) => ({ query: `"${all.join(' ')}"~${n}`, text: all.toReversed().join(' ') })),
  word.map((one) => ({ query: `title:${one}`, text: one })),
  word.map((one) => ({ query: `links:${one}.example/a`, text: `https://www.${one}.example/a/b` })),
);
const near: fc.Arbitrary<Part> = fc
  .tuple(word, word, fc.nat(20), fc.constantFrom('NEAR', 'ONEAR', 'near'), fc.constantFrom('', 'f'))
  .map(([a, b, n, operator, f]) => ({ query: `${a} ${operator}/${n}${f} ${b}`, text: `${a} ${b}` }));
const part: fc.Arbitrary<Part> = fc.letrec<{ any: Part }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    near,
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((all) => ({
      query: `(${all.map(({ query }) => query).join(' AND ')})`,
      text: all.map(({ text }) => text).join(' . '),
    })),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((all) => ({
      query: `(${all.map(({ query }) => query).join(' or ')})`,
      text: all.at(-1)!.text,
    })),
    tie('any').map(({ query, text }) => ({ query: `${query} NOT xqwzjk`, text })),
    tie('any').map(({ query, text }) => ({ query: `<<<x>>> ${query}`, text })),
  ),
})).any;

describe('a query that is accepted', () => {
  it('finds a text made of its own words', () => {
    fc.assert(
      fc.property(part, ({ query, text }) => {
        expect(matcherOf(query).match(`so ${text} it is`), `${query} in ${text}`).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('is printed as a query that means the same', () => {
    fc.assert(
      fc.property(part, ({ query }) => {
        const parsed = parseQuery(query);
        const printed = printQuery(parsed);
        expect(withoutPlaces(parseQuery(printed)), printed).toEqual(withoutPlaces(parsed));
        expect(printQuery(parseQuery(printed))).toBe(printed);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('any string', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'vel',
      'AND',
      'or',
      'NOT',
      'NEAR/3',
      'ONEAR/2',
      '~2',
      '(',
      ')',
      '"',
      '{',
      '}',
      '[',
      '<<<',
      '>>>',
      '*',
      '?',
      '-',
      '+',
      '#',
    ],
    ...[
      '@',
      '$',
      '/',
      '\\',
      ':',
      'title:',
      'author:',
      'raw:',
      'links:',
      '🔥',
      '月',
      ' ',
      '  ',
      '\n',
      '“',
      '”',
      '&',
      '^',
      '!',
      ',',
    ],
  );
  const strings = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join(' ')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  it('is a query, or is refused at a place within it', () => {
    fc.assert(
      fc.property(strings, (text) => {
        try {
          parseQuery(text);
        } catch (error) {
          if (!(error instanceof QueryError)) throw error;
          expect(error.position).toBeGreaterThanOrEqual(0);
          expect(error.position).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('that is a query can be printed and tried on any text', () => {
    fc.assert(
      fc.property(strings, (text) => {
        try {
          matcherOf(text).match(`${text} vel a 月 🔥`);
        } catch (error) {
          if (!(error instanceof TermError)) throw error;
          return;
        }
        expect(withoutPlaces(parseQuery(printQuery(parseQuery(text))))).toEqual(
          withoutPlaces(parseQuery(text)),
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** A query without the positions at which its parts were written. */
function withoutPlaces(node: QueryNode): unknown {
  const own = Object.entries(node).filter(
    ([key]) => !['position', 'part', 'parts', 'left', 'right', 'phrase'].includes(key),
  );
  return { ...Object.fromEntries(own), parts: partsOf(node).map(withoutPlaces) };
}
