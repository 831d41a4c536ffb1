/** A name whose words stand on both sides of a blank line. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function isFound(name: string, text: string): boolean {
  const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name } }]);
  return matcher.match(text).length === 1;
}

describe('a caption set line by line', () => {
  it.each([
    ['Amber Sparrow', 'Amber\n\nSparrow'],
    ['Amber Sparrow', 'look at this\n✨ Amber ✨\n\n✨ Sparrow ✨\nout on friday'],
    ['Amber Sparrow', 'AMBER\r\n\r\nSPARROW'],
    ['Amber Sparrow', 'Amber\n.\n.\nSparrow'],
    ['Amber Sparrow', '#new Amber\n\nSparrow #ad #soon'],
    ['Amber Sparrow', 'Amber\n\nSparrows'],
    ['Slow Amber Sparrow', 'Slow\n\nAmber\n\nSparrow'],
    ['Amber Sparrow', 'the new Amber\nSparrow is here'],
    ['Amber & Sparrow', 'a night with Amber\n&\nSparrow in town'],
    ['Amber Sparrow', 'the new Amber\r\nSparrow is here'],
  ])('%s is found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });

  it.each([
    ['Amber Sparrow', 'stones: amber\n\nSparrow: a small bird'],
    ['Amber Sparrow', 'Amber\n\nSparrow season begins in May'],
    ['Amber Sparrow', 'we polished all the amber\n\nSparrow'],
    ['Amber Sparrow', 'stones: amber\n.\n.\nSparrow: a small bird'],
    ['Amber Sparrow', 'stones: amber\r\n\r\nSparrow: a small bird'],
    ['Amber Sparrow', 'stones: amber\n\nSparrows: small birds'],
    ['Slow Amber Sparrow', 'so slow\n\nAmber\n\nSparrow'],
    // Signs that fit a hashtag and its surroundings must not be tried in all ways.
    ['Amber Sparrow', `${'#_'.repeat(90)}x y Amber\n\nSparrow`],
  ])('%s is not found in %j, where two statements meet', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});
