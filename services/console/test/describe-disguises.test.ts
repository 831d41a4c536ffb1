import { AlertChangeSchema } from '@leakwatch/contracts';
import { EVIDENCE } from '@leakwatch/text-matching';
import { expect, it } from 'vitest';
import { describeDisguises } from '../api/incidents/describe-disguises.ts';
import { ENGINE } from '../web/words/en-engine.ts';

const says = (code: string, matched = '') => describeDisguises([code], matched)[0]?.says;

it('every way in which a text can differ has words, not the engine’s name', () => {
  for (const code of [...EVIDENCE, 'exact', 'translation']) {
    expect(says(code)).toMatch(/^(?:\p{L}|[ ()])+(-alike letters)?$/u);
  }
});

it.each([
  ['нoctelle сrème', 'look-alike letters: Cyrillic н for h, с for c'],
  ['Quillon Еmbеr', 'look-alike letters: Cyrillic Е for E, е for e'],
  ['Мосkва', 'look-alike letters: Latin k for к'],
  ['Quillon Ember', 'look-alike letters'],
  ['', 'look-alike letters'],
])('look-alike letters in %j are named with what they stand for', (matched, said) => {
  expect(says('confusable', matched)).toBe(said);
});

it.each([
  ['likeness-0.97', '97 % alike'],
  ['likeness--0.91', '91 % alike'],
  ['inliers-38', '38 points agree'],
  ['rotated-90', 'turned by 90°'],
  ['looks-like:aurora/hero', 'may be another registered picture'],
])('how a picture was found, %s, is told as %s', (code, said) => {
  expect(says(code)).toBe(said);
});

it('every change of an incident whose name is of several words has a text of its own', () => {
  for (const change of AlertChangeSchema.options.filter((one) => one.includes('-'))) {
    expect(ENGINE.happened(change), change).not.toBe(ENGINE.inWords(change));
  }
});
