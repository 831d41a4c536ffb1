import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function isFound(name: string, text: string): boolean {
  const { matcher } = compileTextMatcher([
    { campaignId: 'c', term: { id: 't', text: name, kind: 'product' } },
  ]);
  return matcher.match(text).length === 1;
}

describe('a name of two words run together, written apart', () => {
  it.each([
    ['Duskhollow', 'dusk hollow in my hands'],
    ['Duskhollow', 'so Dusk Hollow then'],
    ['Duskhollow', 'the dusk-hollow launch'],
    ['Glimmerstead', 'glimmer_stead'],
    ['Fernquill', 'FERN QUILL'],
    ['Silverlatch', 'silver latch'],
    ['Thornapple', 'a Thorn Apple'],
    ['Moonbyte', 'moon byte'],
    ['Bookmoss', 'the book moss tin'],
  ])('%s is found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });

  it.each([
    ['Nightfall', 'night fall is coming'],
    ['Mooncrest', 'moon crest hill hike'],
    ['Sunflower', 'sun, flower, rain'],
    ['Rainbow', 'rain bow'],
    ['Duskhollow', 'at dusk, hollow sounds'],
    ['Overhere', 'it is over here'],
  ])('%s is not found in %j, where such words meet by themselves', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});

describe('two words in the other order, in lower case', () => {
  it.each([
    ['Lumen Orchard', 'rating orchard lumen nine out of ten'],
    ['Polar Biscuit', 'biscuit polar'],
    ['Cinnabar Loop', 'loop cinnabar'],
  ])('%s is found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });

  it.each([
    ['Project Kingfisher', 'our kingfisher project'],
    ['Red House', 'a house red with ivy'],
    ['Summer Night', 'night summer'],
  ])('%s is not found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});

describe('a word made of a name', () => {
  it.each([
    ['Polar Biscuit', 'my manager calls it Polar Biscuitgate'],
    ['Lakeshore Velvet Body Oil', 'Lakeshore Velvet Body Oilgate'],
  ])('%s is found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });

  it.each([
    ['Polar Bear', 'polar bearings'],
    ['Nova Kit', 'nova kitchen'],
  ])('%s is not found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});

describe('quotes around each word of a name', () => {
  it.each([
    ['Harbor Comet', 'so “Harbor” “Comet” then'],
    ['Harbor Comet', '"Harbor" "Comet"'],
    ['Quarrel Moss Oil', '«Quarrel» «Moss» «Oil»'],
  ])('%s in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });

  it.each([
    ['Harbor Comet', 'a “harbor”, “comet” and tea'],
    ['Harbor Comet', 'the harbor” “comet tail” is'],
  ])('%s is not in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});
