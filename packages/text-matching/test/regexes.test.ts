import { describe, expect, it } from 'vitest';
import { TermError, compileTextMatcher } from '../index.ts';

function compile(...queries: string[]) {
  return compileTextMatcher(
    queries.map((text, index) => ({ campaignId: 'c', term: { id: `q${index}`, text, kind: 'query' } })),
  );
}

describe('a regex in a query', () => {
  it.each([
    ['velora AND /drops? on \\d{1,2}\\/\\d/', 'Velora DROPS on 12/3', 'Velora DROP soon'],
    ['velora NOT /review(ed)? by/', 'velora is here', 'velora, Reviewed by me'],
    ['velora NEAR/1 /\\$\\d+/', 'velora at $49', 'velora is not worth $49'],
    ['velora -/#ad\\b/', 'velora #adventure', 'velora #ad'],
    ['velora (/v\\d+/ OR beta)', 'velora V2', 'velora'],
  ])('is a leaf as any other: %s', (query, taken, refused) => {
    const { matcher, warnings } = compile(query);
    expect(warnings).toEqual([]);
    expect(matcher.match(taken)).toHaveLength(1);
    expect(matcher.match(refused)).toEqual([]);
  });
});

describe('a regex that cannot be used is refused with its position and a way out', () => {
  it.each([
    ['velora AND /(mist/', 13, /missing closing \).*`\\\(` for the sign itself/],
    ['/a[mist/', 3, /missing closing \].*`\\\/`/],
    ['/mist)/', 2, /unexpected \).*open it/],
    ['/mist(?=s)/', 6, /look-around.*AND, NOT or NEAR/],
    ['/(?<!a)mist/', 2, /look-around/],
    ['/(mist) \\1/', 9, /back references/],
    ['/mist++/', 6, /repeat once/],
    ['/*mist/', 2, /nothing to repeat/],
    ['/a{5,2}/', 3, /from the smaller to the larger/],
    ['/mi\\qst/', 4, /known classes/],
    ['/velora', 1, /never closed; add `\/`/],
    ['/r/leaks', 4, /`leaks` is no flag.*`c` \(exact case\)/],
    ['/^(\\w+\\s?)*$/', 1, /matches nothing at all/],
    ['/x*/', 1, /matches nothing at all/],
    ['/\\b/', 1, /matches nothing at all/],
    ['/(mist|)/', 1, /matches nothing at all/],
    ['/[a-z]{900}/', 1, /compiles to \d+ steps, more than 500/],
    ['NOT /velora/', 1, /give it a word outside NOT/],
  ])('%s', (query, position, message) => {
    expect(() => compile(query)).toThrow(TermError);
    expect(() => compile(query)).toThrow(message);
    expect(() => compile(query)).toThrow(`term \`q0\`: query, position ${position}:`);
  });
});
