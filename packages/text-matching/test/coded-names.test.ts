import { expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

it.each([
  ['k4mist', '#teamk4mistxme', 'k4mist'],
  ['nb7glow', '#lovenb7glowforever', 'nb7glow'],
  ['v3lune', 'dearv3luneyes', 'v3lune'],
  ['q3bar', '#teamq3barxo', null],
  ['k4mist', 'k4mistral', null],
  ['k4mist', 'dk4mister', null],
  ['k4mist', '#team4mistxme', null],
])('figures between letters: %s in %j', (text, post, matched) => {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text } }]);
  expect(matcher.match(post)[0]?.matched ?? null).toBe(matched);
});

it.each([
  ['Copper Kite', 'filmed Cppr Kt for hours', 'Cppr Kt'],
  ['Garden Ring', 'the grdn rng', 'grdn rng'],
  ['Copper Kite', 'cppr kit', null],
  ['Copper Kite', 'cppr is a kt of pipes', null],
])('without vowels, as abbreviations are: %s in %j', (text, post, matched) => {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text } }]);
  expect(matcher.match(post)[0]?.matched ?? null).toBe(matched);
});

it.each([
  ['Torvane Quillane', 'Torvane\nQuillane', true],
  ['Torvane Quillane', 'Torvane brand new Quillane', true],
  ['Torvane Quillane', 'Torvane\nnew Quillane', false],
  ['Torvane Quillane', 'Torvane new\nQuillane', false],
  ['Torvane Quillane Mist', 'Torvane\nQuillane new mist', true],
  ['Torvane Quillane Mist', 'Torvane Quillane\nnew mist', false],
])('a line ends beside no other word within a name: %s in %j', (text, post, isFound) => {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text } }]);
  expect(matcher.match(post)).toHaveLength(isFound ? 1 : 0);
});
