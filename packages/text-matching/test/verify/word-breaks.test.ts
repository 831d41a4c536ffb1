/** Letters spaced out, told from words with a single break. */
import { describe, expect, it } from 'vitest';
import { beginBreaks, endName, endWord, type NameBreaks } from '../../verify/word-breaks.ts';

/** Reads words given as [places between letters, separators among them]. */
function read(...words: (readonly [number, number])[]): NameBreaks {
  const name = beginBreaks();
  words.forEach(([places, count], index) => {
    Object.assign(name.word, { places, count, kinds: count > 0 ? 1 << index : 0, partKinds: 0 });
    if (count > 0) Object.assign(name.word, { separatorFrom: index + 1, separatorTo: index + 2 });
    if (index + 1 < words.length) endWord(name);
  });
  endName(name);
  return name;
}

describe('word breaks', () => {
  it.each([
    [[[5, 5]], true, 0],
    [[[5, 3]], true, 0],
    [[[5, 2]], false, 2],
    [[[5, 1]], false, 1],
    [[[2, 2]], true, 0],
    [[[1, 1]], false, 1],
    [[[5, 0]], false, 0],
    [
      [
        [1, 1],
        [1, 1],
      ],
      true,
      0,
    ],
    [
      [
        [1, 1],
        [5, 0],
      ],
      false,
      1,
    ],
    [
      [
        [1, 1],
        [9, 6],
      ],
      true,
      0,
    ],
    [
      [
        [5, 5],
        [1, 1],
      ],
      true,
      0,
    ],
    [
      [
        [5, 5],
        [7, 1],
      ],
      true,
      1,
    ],
    [
      [
        [7, 1],
        [5, 5],
      ],
      true,
      1,
    ],
    [
      [
        [5, 1],
        [5, 1],
      ],
      false,
      2,
    ],
  ] satisfies [[number, number][], boolean, number][])('%j', (words, spaced, others) => {
    const name = read(...words);
    expect(name.hasSpacedWord).toBe(spaced);
    expect(name.others.count).toBe(others);
  });

  it('keep the kinds and the last separator of broken words', () => {
    const name = read([5, 1], [4, 0], [6, 1]);
    expect(name.others).toMatchObject({
      places: 11,
      count: 2,
      kinds: 0b101,
      separatorFrom: 3,
      separatorTo: 4,
    });
    expect(name.all).toMatchObject({ places: 15, count: 2 });
  });

  it('begin each word anew', () => {
    const name = read([5, 1], [5, 0]);
    expect(name.word).toMatchObject({ places: 0, count: 0, kinds: 0, separatorFrom: 0, separatorTo: 0 });
  });
});
