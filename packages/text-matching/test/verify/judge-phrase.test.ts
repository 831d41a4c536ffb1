/** The words of a name found in a text: how far apart, in which order, how changed. Rare words prove a name, ordinary ones must fit. */
import { describe, expect, it } from 'vitest';
import { type Term } from '@leakwatch/contracts';
import { compileTextMatcher } from '../../index.ts';

type Policy = NonNullable<Term['policy']>;

function match(name: string, text: string, policy: Policy = {}) {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name, policy } }]);
  return matcher.match(text).map(({ matched, how }) => `${matched} | ${how.join(' ')}`);
}

const found: readonly (readonly [name: string, text: string, answer: string])[] = [
  // Names of rare words.
  ['Zorvex Quillane', 'the Zorvex brand new Quillane today', 'Zorvex brand new Quillane | gap'],
  ['Zorvex Quillane', 'Quillane the Zorvex', 'Quillane the Zorvex | reordered gap'],
  ['Zorvex Quillane', 'Quillane Zorvec', 'Quillane Zorvec | typo reordered'],
  ['Zorvex Quillane Brimtal', 'Brimtal Zorvex Quillane', 'Brimtal Zorvex Quillane | reordered'],
  ['Zorvex Quillane Brimtal', 'Zorvex Quillane the Brimtal', 'Zorvex Quillane the Brimtal | gap'],
  ['Zorvex Quillane Brimtal', 'Zorvex the Quillane Brimtal', 'Zorvex the Quillane Brimtal | gap'],
  // Ordinary words: a gap of fillers, or the capitals of a name.
  ['Quiet Harbor', 'a quiet little harbor', 'quiet little harbor | case gap'],
  ['Quiet Harbor', 'Quiet stone Harbor', 'Quiet stone Harbor | gap'],
  ['Quiet Harbor', 'quiet 24 harbor', 'quiet 24 harbor | case gap'],
];

describe('the words of a name', () => {
  it.each(found)('%s in %j', (name, text, answer) => {
    expect(match(name, text)).toEqual([answer]);
  });
});

const innocent: readonly (readonly [name: string, text: string])[] = [
  // Too far apart.
  ['Zorvex Quillane', 'Zorvex one two three four Quillane'],
  // Two gaps.
  ['Zorvex Quillane Brimtal', 'Zorvex the Quillane the Brimtal'],
  // A clause ends between them, in either direction from the word that led here.
  ['Zorvex Quillane', 'saw Zorvex, then, Quillane'],
  ['Zorvex Quillane Brimtal', 'Zorvex, then Quillane Brimtal'],
  ['Zorvex Quillane Brimtal', 'Zorvex Quillane, then Brimtal'],
  // A word is missing.
  ['Zorvex Quillane Brimtal', 'Zorvex Quillane'],
  ['Zorvex Quillane Brimtal', 'Quillane Brimtal'],
  ['Zorvex Quillane Brimtal', 'Zorvex Brimtal'],
  ['Zorvex Zorvex', 'Zorvex'],
  // Another order with a word between that is no filler, or with two.
  ['Zorvex Quillane', 'Quillane window Zorvex'],
  ['Zorvex Quillane', 'Quillane of the Zorvex'],
  ['Zorvex Quillane', 'Quillane, Zorvex'],
  // Ordinary words.
  ['Quiet Harbor', 'quiet stone harbor'],
  ['Quiet Harbor', 'QUIET STONE HARBOR'],
  ['Quiet Harbor', 'quit little harbor'],
  ['Quiet Harbor', 'harbor quit'],
];

describe('words that are no name together', () => {
  it.each(innocent)('%s in %j', (name, text) => {
    expect(match(name, text)).toEqual([]);
  });
});

it('words of a name stand as far apart as the owner allows', () => {
  const four = 'quiet one two three four harbor';
  expect(match('Quiet Harbor', four, { near: 4 })).toEqual([`${four} | case gap`]);
  expect(match('Quiet Harbor', four, { near: 3 })).toEqual([]);
  const six = 'Zorvex a b c d e f Quillane';
  expect(match('Zorvex Quillane', six, { near: 6 })).toEqual([`${six} | gap`]);
  expect(match('Zorvex Quillane', six, { near: 5 })).toEqual([]);
});

it('a name of more than 16 words is found as it is written, and not in another order', () => {
  const words = Array.from({ length: 17 }, (_, at) => `zorv${String.fromCharCode(97 + at)}x`);
  expect(match(words.join(' '), words.join(' '))).toHaveLength(1);
  expect(match(words.join(' '), [...words].reverse().join(' '))).toEqual([]);
});
