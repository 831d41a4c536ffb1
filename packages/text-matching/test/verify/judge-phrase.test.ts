/** The words of a name found in a text: how far apart, in which order, how changed. Rare words prove a name, ordinary ones must fit. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../../index.ts';
import { describeMatches as match } from './describe-matches.ts';

const found: readonly (readonly [name: string, text: string, answer: string])[] = [
  // Names of rare words.
  ['Zorvex Quillane', 'the Zorvex brand new Quillane today', 'Zorvex brand new Quillane | gap'],
  ['Zorvex Quillane', 'Quillane the Zorvex', 'Quillane the Zorvex | reordered gap'],
  ['Zorvex Quillane', 'Quillane Zorvec', 'Quillane Zorvec | typo reordered | 1'],
  ['Zorvex Quillane', 'Zorvec brand new Quillane', 'Zorvec brand new Quillane | typo gap | 1'],
  ['Zorvex Quillane', 'Zorvec Quillene', 'Zorvec Quillene | typo | 2'],
  ['Zorvex Quillane', 'Zorvexes the Quillane', 'Zorvexes the Quillane | inflected gap'],
  ['Zorvex Quillane Brimtal', 'Brimtal Zorvex Quillane', 'Brimtal Zorvex Quillane | reordered'],
  ['Zorvex Quillane Brimtal', 'now Brimtal Quillane Zorvex now', 'Brimtal Quillane Zorvex | reordered'],
  ['Zorvex Quillane Brimtal', 'Quillane 24 Brimtal Zorvex', 'Quillane 24 Brimtal Zorvex | reordered gap'],
  ['Zorvex Quillane Brimtal', 'Zorvax Quillene Brimtal', 'Zorvax Quillene Brimtal | typo | 2'],
  ['Zorvex Zorvex', 'Zorvex the Zorvex', 'Zorvex the Zorvex | gap'],
  // A clause or a line that ends before the first word parts nothing, nor does a sign without a space.
  ['Zorvex Quillane', 'so, Quillane Zorvex', 'Quillane Zorvex | reordered'],
  ['Zorvex Quillane', 'so\nQuillane Zorvex', 'Quillane Zorvex | reordered'],
  ['Zorvex Quillane', 'Zorvec,Quillane', 'Zorvec,Quillane | typo | 1'],
  ['Zorvex Quillane', 'Zorvec - Quillane', 'Zorvec - Quillane | typo | 1'],
  ['Zorvex Quillane Brimtal', 'Zorvex Quillane the Brimtal', 'Zorvex Quillane the Brimtal | gap'],
  ['Zorvex Quillane Brimtal', 'Zorvex the Quillane Brimtal', 'Zorvex the Quillane Brimtal | gap'],
  // Ordinary words: a gap of fillers, or the capitals of a name.
  ['Quiet Harbor', 'a quiet little harbor', 'quiet little harbor | case gap'],
  ['Quiet Harbor', 'Quiet stone Harbor', 'Quiet stone Harbor | gap'],
  ['Quiet Harbor', 'quiet 24 harbor', 'quiet 24 harbor | case gap'],
  ['Quiet Harbor', 'Quiet and Harbor', 'Quiet and Harbor | gap'],
  ['Quiet Harbor Lane', 'quiet harbor the lane', 'quiet harbor the lane | case gap'],
  ['Quiet Harbor Lane', 'Quiet Harbor stone Lane', 'Quiet Harbor stone Lane | gap'],
  ['Quiet Harbor 9', 'Quiet stone Harbor 9', 'Quiet stone Harbor 9 | gap'],
  ['Quiet 9', 'Quiet stone 9', 'Quiet stone 9 | gap'],
  // A typo, or two in a name of ten letters.
  ['Silk Moth', 'silk moht', 'silk moht | case typo | 1'],
  ['Amber Kites', 'ambir kitos', 'ambir kitos | case typo | 2'],
  // Another order: of three words, of words that hardly meet, with the capitals of a name.
  ['Quiet Harbor Lane', 'harbor lane quiet', 'harbor lane quiet | case reordered'],
  ['Silver Apple', 'apple silver', 'apple silver | case reordered'],
  ['Fall Tide', 'Tide Fall', 'Tide Fall | reordered'],
  ['Polar Biscuit', 'Biscuit the Polar', 'Biscuit the Polar | reordered gap'],
  // A doubtful word beside a rare one.
  ['Zorvex Moss', 'Zorvex Mods', 'Zorvex Mods | typo | 1'],
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
  ['Zorvex Quillane', 'Quillane the Zorvec'],
  ['Zorvex Quillane Brimtal', 'Quillane window Brimtal Zorvex'],
  ['Zorvex Quillane Brimtal', 'Quillane the Brimtal of Zorvex'],
  ['Zorvex Quillane Brimtal', 'Quillane Brimtal, Zorvex'],
  // A line ends between them.
  ['Zorvex Quillane', 'Zorvex brand\nnew Quillane'],
  ['Zorvex Quillane', 'Quillane\nZorvex'],
  ['Zorvex Quillane', 'Quillane the\nZorvex'],
  ['Zorvex Quillane Brimtal', 'Quillane Brimtal\nZorvex'],
  // One word does not stand for two.
  ['Zorvex Quillane Zorvex', 'Quillane Zorvex'],
  ['Zorvex Quillane Zorvex', 'Zorvex Quillane'],
  // Three typos.
  ['Zorvex Quillane Brimtal', 'Zorvax Quillene Brimtel'],
  // Ordinary words.
  ['Quiet Harbor', 'quiet stone harbor'],
  ['Quiet Harbor', 'QUIET STONE HARBOR'],
  ['Quiet Harbor', 'quit little harbor'],
  ['Quiet Harbor', 'harbor quit'],
  ['Quiet Harbor', 'Quiet Stone Harbor'],
  ['quiet harbor', 'quiet stone harbor'],
  ['quiet Harbor', 'quiet stone Harbor'],
  ['Quiet 9', 'quiet stone 9'],
  ['Quiet Harbor 9', 'quiet stone harbor 9'],
  ['Quiet Harbor Lane', 'quiet stone harbor lane'],
  ['Quiet Harbor Lane', 'quiet harbor stone lane'],
  ['Quiet Harbor Lane', 'harbor the lane quiet'],
  ['Velvet Meadow', 'the velvt little meadow'],
  ['Velvet Meadow', 'meadow velvt'],
  ['Silk Moth', 'sikl moht'],
  ['Amber Kite', 'ambir kito'],
  ['Fall Tide', 'tide fall'],
  ['Polar Biscuit', 'biscuit the polar'],
  // A doubtful word beside another difference.
  ['Cinder Moss', 'Cindr Mods'],
  ['Cinder Moss', 'Cinder the Mods'],
  ['Zorvex Moss', 'Zorvec Mods'],
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
  expect(match('Zorvex Quillane', 'Zorvex the Quillane', { near: 0 })).toEqual([]);
  expect(match('Zorvex Quillane', 'Quillane the Zorvex', { near: 0 })).toEqual([]);
  expect(match('Zorvex Quillane', 'Quillane Zorvex', { near: 0 })).toHaveLength(1);
  const stone = 'quiet stone harbor';
  expect(match('Quiet Harbor', stone, { near: 1 })).toEqual([`${stone} | case gap`]);
  expect(match('Quiet Harbor', 'quiet the harbar', { near: 3 })).toEqual([]);
  expect(match('Quiet Harbor', 'harbor the quiet', { near: 3 })).toEqual([]);
});

it('what is found in one text does not depend on the texts before it', () => {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: 'Quiet Harbor Lane' } }]);
  const texts = [
    'harbor the lane quiet',
    'lane harbor quiet',
    'quiet the harbor lane',
    'now lane quiet harbor',
    'so harbor quiet lane',
  ];
  const found = (text: string) => matcher.match(text).map(({ matched }) => matched);
  for (const before of texts) {
    for (const text of texts.slice(1)) {
      found(before);
      expect([before, found(text)]).toEqual([before, [text.replace(/^(?:now|so) /, '')]]);
    }
  }
});

it('a name of more than 16 words is found as it is written, and not in another order', () => {
  const starts = ['zor', 'vek', 'qui', 'bram', 'dulc', 'fyn', 'gost', 'hux', 'jalm'];
  const words = starts.flatMap((start) => [`${start}timp`, `${start}wadge`]).slice(0, 17);
  expect(match(words.join(' '), words.join(' '))).toHaveLength(1);
  expect(match(words.join(' '), [...words].reverse().join(' '))).toEqual([]);
});
