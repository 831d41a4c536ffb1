import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../corpus/hostile-texts.ts';
import { folded, foldText } from '../fold/fold-text.ts';
import { compileTextMatcher } from '../index.ts';
import { nameForm } from '../names/name-form.ts';
import { buildNameTrie } from '../scan/name-trie.ts';
import { monotonousUntil } from '../scan/monotony.ts';
import { filterStarts } from '../scan/prefix-filter.ts';

/** Names that begin in all the ways in which signs and digits may be read. */
const NAMES = [
  'aurora case',
  'Icarus lamp',
  'lilac illusion',
  'Solace',
  'oolong',
  'cobalt',
  'hazel',
  'tinsel',
  'bb',
];
const trie = buildNameTrie(NAMES.flatMap((name, index) => nameForm(index, name)?.key ?? []));
const { matcher } = compileTextMatcher(
  NAMES.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
);

function startsTried(text: string): number {
  foldText(text, 0);
  return filterStarts(trie.prefixes, new Int32Array(Math.max(1, folded.startCount)));
}

describe('a text that repeats itself', () => {
  it.each([
    ...['@', '(', '#a', '|', '1', '$', '@a', 'i|', '{[', '!1l'],
    ...hostileTexts(1).map(({ unit }) => unit),
  ])('of %j is not walked from each of its symbols', (unit) => {
    expect(startsTried(unit.repeat(Math.ceil(40_000 / unit.length)))).toBeLessThan(4000);
  });

  it('ends where another symbol comes, and prose never begins one', () => {
    foldText(`${'@'.repeat(2000)} and a quiet morning with 11 cups of coffee, all of it cold`, 0);
    expect(monotonousUntil(1)).toBeGreaterThan(1500);
    expect(monotonousUntil(1)).toBeLessThan(2000);
    expect(monotonousUntil(2005)).toBe(2005);
    foldText('l1l1l1l1 '.repeat(20), 0);
    expect(monotonousUntil(3)).toBe(3);
  });

  it.each(['@', '(', '#a', '|', '1', '@a', 'i|', '_a'])(
    'of %j hides no name before, in or behind it',
    (unit) => {
      const run = unit.repeat(Math.ceil(3000 / unit.length));
      const found = (text: string) => new Set(matcher.match(text).map(({ itemId }) => itemId));
      expect(found(`Sol4ce ${run}`)).toContain('t3');
      expect(found(`${run} Sol4ce`)).toContain('t3');
      expect(found(`${run} Sol4ce ${run} c0balt`)).toEqual(new Set([...found(run), 't3', 't5']));
      expect(found(`${run} the l1lac 1llusion`)).toContain('t2');
    },
  );

  it('finds a name that is the run itself', () => {
    expect(new Set(matcher.match(`${'b'.repeat(2000)} bb`).map(({ itemId }) => itemId))).toContain('t8');
  });
});
