/** The steps before the distance is measured lose no word within the limit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedDistance } from '../../fuzzy/edit-distance.ts';
import { companionLimit, editLimit, keepsEnds, mostDeletes, mostEdits } from '../../fuzzy/edit-limits.ts';
import { isFarApart, letterSet } from '../../fuzzy/letter-set.ts';
import { addDeletes, nearWords } from '../../fuzzy/symmetric-deletes.ts';
import { HashMultimapBuilder } from '../../hashing/hash-multimap.ts';

const word = fc
  .string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 3, maxLength: 11 })
  .map((text) => Int32Array.from(text, (letter) => letter.charCodeAt(0)));
const edits = fc.integer({ min: 1, max: 2 });

function symbolsOf(text: string): Int32Array {
  return Int32Array.from(text, (letter) => letter.charCodeAt(0));
}

describe('symmetric deletes', () => {
  it('find every word within the limit, each once', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), word, edits, (words, own, limit) => {
        const index = new HashMultimapBuilder();
        words.forEach((symbols, at) => addDeletes(index, symbols, limit, at));
        const into = new Int32Array(64);
        const count = nearWords(index.build(), own, own.length, limit, into);
        const found = Array.from(into.subarray(0, count));
        expect(new Set(found).size).toBe(count);
        words.forEach((symbols, at) => {
          if (boundedDistance(own, own.length, symbols, limit) <= limit) expect(found).toContain(at);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('leave out words that are far away', () => {
    const index = new HashMultimapBuilder();
    ['velora', 'kestolin', 'quillon'].forEach((text, at) => addDeletes(index, symbolsOf(text), 1, at));
    const into = new Int32Array(8);
    expect(nearWords(index.build(), symbolsOf('velroa'), 6, 1, into)).toBe(1);
    expect(into[0]).toBe(0);
  });

  it('stop when the room is full', () => {
    const index = new HashMultimapBuilder();
    for (let at = 0; at < 5; at++) addDeletes(index, symbolsOf('velora'), 1, at);
    expect(nearWords(index.build(), symbolsOf('velora'), 6, 1, new Int32Array(3))).toBe(3);
  });
});

describe('letter sets', () => {
  it('never rule out a word within the limit', () => {
    fc.assert(
      fc.property(word, word, edits, (a, b, limit) => {
        const apart = isFarApart(letterSet(a, 0, a.length), letterSet(b, 0, b.length), limit);
        if (apart) expect(boundedDistance(a, a.length, b, limit)).toBe(limit + 1);
      }),
    );
  });

  it('count different letters', () => {
    const setOf = (text: string) => letterSet(symbolsOf(text), 0, text.length);
    expect(isFarApart(setOf('abc'), setOf('cde'), 1)).toBe(true);
    expect(isFarApart(setOf('abc'), setOf('bcd'), 1)).toBe(false);
    expect(isFarApart(setOf('abcdefghijklmnop'), setOf('qrstuvwxyz'), 12)).toBe(true);
    expect(isFarApart(setOf('abcdefghijklmnop'), setOf('qrstuvwxyz'), 13)).toBe(false);
    expect(letterSet(symbolsOf('xabx'), 1, 3)).toBe(letterSet(symbolsOf('ba'), 0, 2));
  });
});

describe('edit limits', () => {
  it('grow with the length of the word', () => {
    const lengths = [2, 3, 4, 5, 6, 7, 8, 9];
    expect(lengths.map(editLimit)).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    expect(lengths.map(companionLimit)).toEqual([0, 1, 1, 1, 1, 1, 2, 2]);
    expect(lengths.map(mostEdits)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(lengths.map(mostDeletes)).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
    expect(lengths.map(keepsEnds)).toEqual([true, true, true, true, true, true, true, false]);
  });
});
