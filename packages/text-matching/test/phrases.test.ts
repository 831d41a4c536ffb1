/** Names of several words that differ, move or stand apart: accepted if the words around them prove the name, otherwise not. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function match(name: string, text: string) {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name } }]).matcher.match(text);
}

/** name · text · the cut that is reported · how */
const found: readonly (readonly [string, string, string, string])[] = [
  ['Cinder Moss', 'got the Cinder Mods today', 'Cinder Mods', 'typo'],
  ['Cinder Moss', 'cinder mpss', 'cinder mpss', 'case typo'],
  ['Copper Lullaby', 'a copper lullabye', 'copper lullabye', 'case typo'],
  ['Mistral Quarry', 'the Mistral Query', 'Mistral Query', 'typo'],
  ['Marigold Hour', 'Hour Marigold', 'Hour Marigold', 'reordered'],
  ['Copper Lullaby', 'copper brand new lullaby', 'copper brand new lullaby', 'case gap'],
  ['Copper Lullaby', '@copperlullabyhq', 'copperlullaby', 'case joined glued'],
  ['Copper Lullaby', '#xocopperlullabyzz', 'copperlullaby', 'case joined glued'],
];

describe('a name of several words is found', () => {
  it.each(found)('%s in %j', (name, text, matched, how) => {
    const [first, ...others] = match(name, text);
    expect(others).toEqual([]);
    expect([first?.matched, first?.how.join(' ')]).toEqual([matched, how]);
  });
});

const innocent: readonly (readonly [string, string])[] = [
  ['Project Kingfisher', 'our kingfisher project at the reservoir'],
  // Common pairs of ordinary words that differ from the name by one letter.
  ['Near Washington', 'Dear Washington, please'],
  ['Quiet Time', 'quite time for a change'],
  ['Tommy Dylan', 'mommy & dylan'],
  // Two doubtful words are one too many.
  ['Cinder Moss', 'mods cinder'],
  ['Cinder Moss', 'cinder new mods'],
  ['Cinder Moss', 'Tinder Mods'],
  ['Small Time', 'time small'],
  ['Copper Lullaby', 'copper, Lullaby'],
  ['Halo', 'the halogenhq'],
  // A list of two ordinary things.
  ['Silver Ladder', 'a silver and ladder'],
  ['Silver Ladder', 'silver or ladder'],
];

describe('words between those of a name', () => {
  it.each([
    ['de', 'Nebel Laterne', 'Nebel und eine Laterne', null],
    ['de', 'Nebel Laterne', 'Nebel Laterne', 'Nebel Laterne'],
    ['ko', '달무리 오일', '달무리 아래 오일 마사지', null],
    ['ko', '달무리 오일', '달무리 오일이 왔다', '달무리 오일이'],
    ['en', 'Quorvelle Tint', 'the quorvelle golden tint', 'quorvelle golden tint'],
  ])('%s: %s in %j', (lang, text, post, matched) => {
    const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text, lang } }]);
    expect(matcher.match(post)[0]?.matched ?? null).toBe(matched);
  });
});

describe('what only resembles it is left alone', () => {
  it.each(innocent)('%s in %j', (name, text) => {
    expect(match(name, text)).toEqual([]);
  });
});
