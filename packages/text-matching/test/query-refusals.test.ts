import { describe, expect, it } from 'vitest';
import { TermError, compileTextMatcher } from '../index.ts';

function compile(query: string) {
  return compileTextMatcher([{ campaignId: 'c', term: { id: 'q0', text: query, kind: 'query' } }]);
}

/** A query, the position that its refusal names, and the way out. */
type Refusal = readonly [query: string, position: number, wayOut: RegExp];

const KINDS: Readonly<Record<string, readonly Refusal[]>> = {
  'unfinished queries': [
    ['velora AND', 11, /the query ends where a word or a phrase is expected, after `AND`/],
    ['OR velora', 1, /`OR` stands where .* put it in quotes/],
    ['and velora', 1, /`and` stands where .* put it in quotes/],
    ['(velora', 1, /`\(` is never closed; add `\)`/],
    ['velora)', 7, /`\)` closes nothing/],
    ['a "velora', 3, /never closed; add "/],
    ['a «velora', 3, /never closed; add »/],
    ['a <<< b', 3, /comment is never closed; add `>>>`/],
    ['a {b', 3, /never closed; add \}/],
    ['a} b', 2, /`\}` closes nothing/],
    ['()', 2, /a word or a phrase is expected/],
    ['', 1, /the query ends/],
  ],
  'operators of other tools': [
    ['velora W/5 mist', 8, /NEAR\/5.*ONEAR\/5/],
    ['velora PRE/3 mist', 8, /NEAR\/5/],
    ['velora ~5 mist', 8, /NEAR\/5/],
    ['velora NEAR5 mist', 8, /NEAR\/5/],
    ['velora && mist', 8, /write `AND`/],
    ['velora | mist', 8, /write `OR`/],
    ['velora ODER mist', 8, /AND, OR, NOT/],
    ['velora ET mist', 8, /AND, OR, NOT/],
    ['velora SAUF mist', 8, /AND, OR, NOT/],
    ['velora SENTENCE mist', 8, /NEAR\/10/],
    ['velora PARAGRAPH mist', 8, /NEAR\/10/],
    ['velora AND-mist', 8, /a space behind the operator/],
    ['velora * mist', 8, /in quotes: `"a \* b"`/],
    ['velora $ 49', 8, /`\$49`/],
    ['49 €', 4, /`49€`/],
    ['velora XOR mist', 8, /AND, OR and NOT/],
    ['velora SENTENCE/2 mist', 8, /NEAR\/10/],
    ['at_least2(velora, mist)', 1, /\(a AND b\) OR \(a AND c\)/],
    ['count(velora)', 1, /no function/],
    ['velora~', 1, /misspellings register the word as a term.*`"a b"~5`/],
    ['velora~2', 1, /misspellings/],
    ['(velora mist)~5', 14, /NEAR\/5/],
    ['+velora', 1, /`raw:word`/],
    ['!velora', 1, /`NOT word`.*`\{Word\}`/],
    ['velora^2', 1, /leave it out/],
    ['[velora mist]', 1, /group with `\(…\)`/],
    ['velora [1 TO 5]', 8, /range of numbers/],
    ['velora not mist', 8, /`NOT` for the operator, `"not"` for the word/],
    ["'velora mist'", 1, /double quotes/],
    ['velora, mist', 1, /AND or OR/],
    ['velora –mist', 8, /`-` or `NOT`/],
  ],
  'fields that are not known': [
    ['velora:', 1, /no field.*author:.*title:.*`"velora:"`/],
    ['mist AND country:de', 10, /no field that is known here/],
    ['velora:mist', 1, /no field/],
    ['https://x.example/a', 1, /links:example\.com\/page/],
    ['title: velora', 1, /right behind it, like `title:word`/],
    ['author:', 1, /right behind it/],
    ['author:{Ann}', 1, /`author:"…"`/],
    ['mentions:velora', 1, /`@name`/],
    ['content:velora', 1, /leave it out/],
    ['inurl:velora', 1, /`site:`.*`url:`/],
    ['velora has:links', 8, /leave it out/],
    ['a language:english', 12, /`language:en`/],
    ['a language:xx', 12, /no code of a language/],
    ['a site:x.example/b', 8, /`url:x\.example\/b`/],
    ['a links:*.example', 9, /sub-domains/],
    ['site:(a.example AND b.example)', 17, /values with OR between them/],
    ['hashtags:"two words"', 10, /no spaces/],
    ['title:(a site:b.example)', 15, /takes words, not other fields/],
    ['title:velora NEAR/1 mist', 7, /`title:\(a NEAR\/1 b\)`/],
    ['a NEAR/2 author:b', 17, /needs words on both sides/],
  ],
  'distances that are no number': [
    ['velora NEAR serum', 8, /like `NEAR\/5`/],
    ['velora ONEAR serum', 8, /like `ONEAR\/5`/],
    ['the shop near me', 10, /for the word itself write `"near"`/],
    ['velora NEAR/x serum', 8, /like `NEAR\/5`/],
    ['velora NEAR/101 serum', 8, /0 to 100/],
    ['velora NEAR/5g serum', 8, /`NEAR\/5f`/],
    ['"velora mist"~', 1, /`"velora mist"~5`/],
    ['"velora mist"~5f', 1, /`"velora mist"~5`/],
    ['"velora mis*"~5', 1, /NEAR\/5/],
    ['a NEAR/5 NOT b', 10, /`a NEAR\/5 \(NOT b\)`/],
    ['(a NOT b) NEAR/5 (c NOT d)', 11, /on one side only/],
  ],
  'wildcards without a word': [
    ['*ora', 1, /a letter before its first.*\/\\w\+ora\//],
    ['?elora', 1, /a letter before/],
    ['*', 1, /in quotes: `"a \* b"`/],
    ['"* velora"', 1, /words on both sides/],
    ['"velora *"', 1, /words on both sides/],
    ['"is it velora?"', 1, /the sign or any one letter/],
    ['{Vel*}', 1, /\/\\bVel\\w\*\\b\/c/],
  ],
  'quotes that do not fit': [
    ['“velora mist"', 1, /add ”/],
    ['"velora mist”', 1, /add "/],
    ['“velora" OR “mist”', 8, /stands within the quotes “…”.*close with `”`/],
    ['"velora” OR “mist"', 8, /close with `"`/],
    ['"the «real» velora"', 6, /leave it out/],
    ['‘velora mist’', 1, /double quotes/],
    ['`velora`', 1, /double quotes/],
    ['author:„ann', 8, /never closed; add ”/],
  ],
  'signs that mean nothing': [
    ['velora/mist', 1, /`"velora\/mist"`/],
    ['a@b.example', 1, /in quotes/],
    ['vel--ora', 1, /in quotes/],
    ['a - b', 3, /no letter or digit/],
    ['"!!!"', 1, /no letter or digit.*a regex/],
    ['""', 1, /no letter or digit/],
    ['{🔥}', 1, /no letter or digit/],
    ['vel\u200bora', 4, /U\+200B.*delete it/],
    ['velora \u001b[31m', 8, /U\+001B.*delete it/],
  ],
  'queries that any post satisfies': [
    ['NOT velora', 1, /give it a word outside NOT/],
    ['velora OR NOT serum', 1, /give it a word outside NOT/],
    ['language:de', 1, /give it a word outside NOT/],
    ['velora OR platform:x', 1, /give it a word outside NOT/],
  ],
  'queries beyond all bounds': [
    [`${'('.repeat(60)}a`, 52, /nested/],
    ['a '.repeat(4_001), 8_001, /longer than 8000 characters/],
    ['a OR '.repeat(1_001).slice(0, -4), 5_001, /more than 1000 words/],
  ],
};

describe.each(Object.entries(KINDS))('%s are refused with position and a way out', (_, refusals) => {
  it.each(refusals)('%s', (query, position, wayOut) => {
    expect(() => compile(query)).toThrow(TermError);
    expect(() => compile(query)).toThrow(wayOut);
    expect(() => compile(query)).toThrow(`term \`q0\`: query, position ${position}:`);
  });
});

describe('the spelling that a refusal proposes', () => {
  it.each([
    'velora/mist',
    'a@b.example',
    'vel--ora',
    'velora…',
    'velora|mist',
    'velora+mist',
    'F#m',
    '§5',
    '_velora_',
    'a5>b3',
    '¿velora',
  ])('is taken: %s', (word) => {
    let message = '';
    try {
      compile(word);
    } catch (error) {
      message = String(error);
    }
    const proposed = /put it in quotes: `(.*)`$/.exec(message)?.[1];
    expect(compile(proposed ?? '').matcher.match(`so ${word} it is`)).toHaveLength(1);
  });
});

describe('a query of 8,000 characters', () => {
  it('is taken', () => {
    const words = Array.from({ length: 500 }, (_, word) => `velora${word}`).join(' OR ');
    const query = `${words} OR lumina <<<`.padEnd(7_997, 'x') + '>>>';
    expect(query).toHaveLength(8_000);
    const { matcher } = compile(query);
    expect(matcher.match('by Lumina')).toHaveLength(1);
    expect(matcher.match('by velora499')).toHaveLength(1);
  });
});
