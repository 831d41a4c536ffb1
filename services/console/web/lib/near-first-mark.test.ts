import { expect, it } from 'vitest';
import { nearFirstMark } from './near-first-mark.ts';

const LONG = 'so many words of a long caption before it comes to the point: ';

it('shows the first mark of a long text, after whole words of sixteen characters or more', () => {
  const at = LONG.length;
  const { text, spans } = nearFirstMark(`${LONG}Basalt Owl`, [[at, at + 10]]);
  expect(text).toBe('…comes to the point: Basalt Owl');
  expect(spans.map((span) => text.slice(...span))).toEqual(['Basalt Owl']);
});

it('leaves a text alone whose first mark stands early, or that has none', () => {
  expect(nearFirstMark('a Basalt Owl', [[2, 12]])).toEqual({ text: 'a Basalt Owl', spans: [[2, 12]] });
  expect(nearFirstMark(LONG, [])).toEqual({ text: LONG, spans: [] });
});

it('cuts a text without spaces between characters', () => {
  const hearts = '💛'.repeat(30);
  const { text, spans } = nearFirstMark(`${hearts}名`, [[60, 61]]);
  expect(text).toBe(`…${'💛'.repeat(8)}名`);
  expect(spans.map((span) => text.slice(...span))).toEqual(['名']);
});
