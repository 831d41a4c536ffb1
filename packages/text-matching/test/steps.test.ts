import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTextMatcher, textMatcherSteps, type TextItem } from '../index.ts';
import { buildNameTrie } from '../scan/name-trie.ts';

const itemsOf = (texts: readonly string[]): TextItem[] =>
  texts.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text, kind: 'product' } }));
const letters = 'abcdefghijklmnopqrstuvwxyz';
const NAMES = Array.from({ length: 300 }, (_, n) => {
  const at = (k: number) => letters[(n * 7 + k * 11 + Math.floor(n / 26)) % 26]!;
  return `Z${at(1)}v${at(2)}r${at(3)}x${at(4)}q Br${at(5)}t${at(6)}lk`;
});

describe('compilation in steps', () => {
  it('gives way many times, and what comes out finds the same as compiled at once', () => {
    const steps = textMatcherSteps(itemsOf(NAMES));
    let ways = 0;
    let step = steps.next();
    while (step.done !== true) {
      ways += 1;
      step = steps.next();
    }
    expect(ways).toBeGreaterThan(10);
    const { matcher } = compileTextMatcher(itemsOf(NAMES));
    for (const name of NAMES) {
      const post = `look, ${name.toUpperCase()} is here`;
      expect(step.value.matcher.match(post)).toEqual(matcher.match(post));
      expect(matcher.match(post).length).toBeGreaterThan(0);
    }
  });

  it('takes queries between names', () => {
    const [first, second] = itemsOf(['Quillon Ember', 'Noctelle Velvet']);
    const query: TextItem = { campaignId: 'c', term: { id: 'q', text: 'hashtags:launch', kind: 'query' } };
    const { matcher } = compileTextMatcher([query, first!, query, second!]);
    expect(matcher.match('Quillon Ember and Noctelle Velvet').map(({ itemId }) => itemId)).toEqual([
      't0',
      't1',
    ]);
  });

  it('orders keys as one sort of all does', () => {
    const key = fc.array(fc.nat({ max: 5 }), { maxLength: 5 }).map((symbols) => Int32Array.from(symbols));
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 40 }), (keys) => {
        const { keyOrder } = buildNameTrie(keys);
        const compare = (a: Int32Array, b: Int32Array): number => {
          const at = a.findIndex((symbol, n) => symbol !== b[n]);
          if (at < 0) return a.length - b.length;
          return at < b.length ? a[at]! - b[at]! : 1;
        };
        const order = keys.map((_, n) => n).sort((a, b) => compare(keys[a]!, keys[b]!) || a - b);
        expect([...keyOrder]).toEqual(order);
      }),
    );
  });
});
