/** How likely two pieces of a name stand side by side by chance. Frequencies are on the Zipf scale: `night` 5.5, `dusk` 3. */
import { describe, expect, it } from 'vitest';
import { isUnlikelyPair } from '../../verify/chance.ts';
import { shareOfZipf } from '../../words/word-share.ts';
import { readMarked } from './marked-text.ts';

const isUnlikely = (marked: string) => {
  const { text, view, start, end } = readMarked(marked);
  return isUnlikelyPair(text, view, start, end);
};

describe('the share of a word in all words', () => {
  it.each([
    [7.5, -1.5],
    [3, -6],
    [1.5, -7.5],
    // A word in no list counts as a rare one.
    [0, -7.5],
  ])('of frequency %d is ten to the power of %d', (zipf, share) => {
    expect(shareOfZipf(zipf)).toBe(share);
  });
});

describe('two pieces that hardly meet by chance', () => {
  it.each([
    '‹dusk hollow›',
    'the ‹dusk hollow› is',
    '‹silver apple›',
    '‹velora night›',
    // Signs between them, or capitals on both, make up for frequency.
    '‹night_fall›',
    '‹fall-tide›',
    '‹Fall Tide›',
    // The shortest pieces.
    '‹fog lark›',
    '‹wren fog›',
  ])('%s', (marked) => {
    expect(isUnlikely(marked)).toBe(true);
  });
});

describe('two pieces that may meet by chance', () => {
  it.each([
    '‹night fall›',
    '‹Night Fall›',
    '‹night-fall›',
    '‹fall tide›',
    '‹fall.tide›',
    // One capital, or nothing but capitals.
    '‹Fall tide›',
    '‹fall Tide›',
    '‹FALL TIDE›',
    '‹FALL Tide›',
    // Pieces of two letters.
    '‹hq hollow›',
    '‹hollow hq›',
    // No pair of whole words.
    'the‹dusk hollow›',
    'd‹usk hollow›',
    '‹dusk hollow›s',
    '‹dusk hollow lane›',
    '‹dusk›',
    'over ‹dusk›',
  ])('%s', (marked) => {
    expect(isUnlikely(marked)).toBe(false);
  });
});
