/** Edit distance beside fast-levenshtein, which counts a swap as two edits. */
import levenshtein from 'fast-levenshtein';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedDistance, hasSameEnds, isTwoSlips } from '../../fuzzy/edit-distance.ts';

/** Few letters, so that random words are often close. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });

function symbolsOf(text: string): Int32Array {
  return Int32Array.from(text, (letter) => letter.charCodeAt(0));
}

function distance(a: string, b: string, limit: number): number {
  return boundedDistance(symbolsOf(a), a.length, symbolsOf(b), limit);
}

function swapAt(text: string, at: number): string {
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

/** The word, and the word with each pair of neighbours swapped. */
function withSwaps(text: string): string[] {
  return [text, ...Array.from(text.slice(1), (_, at) => swapAt(text, at))];
}

describe('boundedDistance', () => {
  it('agrees with Levenshtein and single swaps for a limit of one', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const plain = levenshtein.get(a, b);
        const nearest = withSwaps(a).includes(b) ? Math.min(plain, 1) : plain;
        expect(distance(a, b, 1)).toBe(Math.min(nearest, 2));
      }),
      { numRuns: 2000 },
    );
  });

  it('lies between Levenshtein and what two swaps can save', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        const own = distance(a, b, limit);
        const plain = levenshtein.get(a, b);
        expect(own).toBeLessThanOrEqual(Math.min(plain, limit + 1));
        if (own <= limit) expect(plain).toBeLessThanOrEqual(2 * own);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same answer for every limit that is large enough', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const full = distance(a, b, 9);
        for (let limit = 0; limit < 9; limit++) expect(distance(a, b, limit)).toBe(Math.min(full, limit + 1));
      }),
      { numRuns: 500 },
    );
  });

  it('counts a swap at any place as one edit, and one beside a change as two', () => {
    const name = 'velora';
    for (let at = 0; at + 1 < name.length; at++) {
      expect(distance(swapAt(name, at), name, 2), `swap at ${at}`).toBe(1);
      expect(distance(`${swapAt(name, at)}x`, name, 2), `swap at ${at} and a letter more`).toBe(2);
    }
    expect(distance('veloar', 'velroa', 2)).toBe(2);
  });

  it('does not edit a swapped pair again', () => {
    expect(distance('ca', 'abc', 4)).toBe(3);
  });

  it('reads only the first symbols of the first word', () => {
    expect(boundedDistance(symbolsOf('velorazzz'), 6, symbolsOf('velora'), 2)).toBe(0);
  });

  it('compares words of up to 128 symbols', () => {
    const long = 'ab'.repeat(64);
    expect(distance(long, long, 1)).toBe(0);
    expect(distance(`${long}a`, long, 1)).toBe(1);
    expect(distance(`${long}a`, `${long}a`, 1)).toBe(2);
  });
});

describe('isTwoSlips', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['kestolin', 'kestoliin', true],
    ['ketsolin', 'kestolin', true],
    ['kestilen', 'kestolan', false],
    ['kestalin', 'kestolin', true],
    ['kastulin', 'kestolin', false],
    ['kasotlin', 'kestolin', true],
    ['kestoliin', 'kestolin', true],
    ['ksxtolin', 'kestolin', false],
    ['kxetolin', 'kestolin', false],
  ];
  it.each(cases)('%s for %s: %s', (a, b, expected) => {
    expect(isTwoSlips(symbolsOf(a), a.length, symbolsOf(b))).toBe(expected);
  });
});

describe('hasSameEnds', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['kestolni', 'kestolin', false],
    ['xestolin', 'kestolin', false],
    ['xestolix', 'kestolin', false],
    ['kestn', 'kestolin', true],
    ['ketsolin', 'kestolin', true],
  ];
  it.each(cases)('%s for %s: %s', (a, b, expected) => {
    expect(hasSameEnds(symbolsOf(`${a}zz`), a.length, symbolsOf(b))).toBe(expected);
  });
});
