import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

it('cuts a text at its matches', () => {
  expect(cutText('the Noctelle brief', [{ start: 4, end: 12 }])).toEqual([
    { text: 'the ', marks: [] },
    { text: 'Noctelle', marks: [0] },
    { text: ' brief', marks: [] },
  ]);
});

it('shows overlapping matches piece by piece, and loses no text', () => {
  const text = 'Basalt Owl Mini';
  const pieces = cutText(text, [
    { start: 0, end: 10 },
    { start: 7, end: 15 },
  ]);
  expect(pieces).toEqual([
    { text: 'Basalt ', marks: [0] },
    { text: 'Owl', marks: [0, 1] },
    { text: ' Mini', marks: [1] },
  ]);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});

it('takes marks beyond the text and empty marks', () => {
  expect(cutText('owl', [{ start: -2, end: 99 }])).toEqual([{ text: 'owl', marks: [0] }]);
  expect(cutText('owl', [{ start: 1, end: 1 }])).toEqual([
    { text: 'o', marks: [] },
    { text: 'wl', marks: [] },
  ]);
  expect(cutText('', [{ start: 0, end: 3 }])).toEqual([]);
});
