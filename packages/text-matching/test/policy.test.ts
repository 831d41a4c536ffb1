import { describe, expect, it } from 'vitest';
import { type Term } from '@leakwatch/contracts';
import { TermError, compileTextMatcher } from '../index.ts';

function compile(term: Partial<Term> & { text: string }) {
  return compileTextMatcher([{ campaignId: 'spring', term: { id: 'mist', ...term } }]);
}

function isFound(term: Partial<Term> & { text: string }, text: string): boolean {
  return compile(term).matcher.match(text).length > 0;
}

describe('a policy', () => {
  it('can forbid kinds of difference', () => {
    expect(isFound({ text: 'Velora Mist' }, '#veloramist')).toBe(true);
    expect(isFound({ text: 'Velora Mist', policy: { forbid: ['joined'] } }, '#veloramist')).toBe(false);
  });

  it('can name the only differences that are accepted', () => {
    const term = { text: 'Velora Mist', policy: { allow: ['case'] } };
    expect(isFound(term, 'VELORA MIST')).toBe(true);
    expect(isFound(term, 'Velora-Mist')).toBe(false);
  });

  it('can ask for the exact case', () => {
    const term = { text: 'Kindling', policy: { caseSensitive: true } };
    expect(isFound(term, 'Kindling')).toBe(true);
    expect(isFound(term, 'dry kindling')).toBe(false);
  });

  it('limits edits', () => {
    expect(isFound({ text: 'Quillfeather' }, 'Quilfaether')).toBe(true);
    expect(isFound({ text: 'Quillfeather', policy: { maxEdits: 0 } }, 'Quilfaether')).toBe(false);
  });

  it('switches inflection', () => {
    expect(isFound({ text: 'Velora' }, 'two Veloras')).toBe(true);
    expect(isFound({ text: 'Velora', policy: { inflection: false, maxEdits: 0 } }, 'two Veloras')).toBe(
      false,
    );
  });

  it('sets where a name may begin and end', () => {
    expect(isFound({ text: 'Velora' }, '#MyVeloraHaul')).toBe(true);
    expect(isFound({ text: 'Velora', policy: { boundary: 'word' } }, '#MyVeloraHaul')).toBe(false);
    expect(isFound({ text: 'vel' }, 'bevelment')).toBe(false);
    expect(isFound({ text: 'vel', policy: { boundary: 'anywhere', allow: ['glued'] } }, 'bevelment')).toBe(
      true,
    );
  });

  it('asks for order and nearness', () => {
    const text = 'Velora Mist';
    expect(isFound({ text }, 'Mist Velora')).toBe(true);
    expect(isFound({ text, policy: { ordered: true } }, 'Mist Velora')).toBe(false);
    expect(isFound({ text }, 'Velora with roses and Mist')).toBe(false);
    expect(isFound({ text, policy: { near: 3 } }, 'Velora with roses and Mist')).toBe(true);
    expect(isFound({ text, policy: { near: 0 } }, 'Velora brand new Mist')).toBe(false);
  });

  it('asks for context and excludes it', () => {
    const term = { text: 'Kindling', policy: { require: ['serum', 'skin care'], exclude: ['fire wood'] } };
    expect(isFound(term, 'Kindling is here')).toBe(false);
    expect(isFound(term, 'Kindling, the new SERUM')).toBe(true);
    expect(isFound(term, 'Kindling for my skin-care shelf')).toBe(true);
    expect(isFound(term, 'Kindling serum and fire wood')).toBe(false);
  });

  it('lets phrases that hold the name pass', () => {
    const term = { text: 'Halcyon', policy: { allowedPhrases: ['halcyon days'] } };
    expect(isFound(term, 'those halcyon days')).toBe(false);
    expect(isFound(term, 'halcyon is here')).toBe(true);
  });

  it('can set the least confidence', () => {
    expect(isFound({ text: 'Velora Mist', policy: { minConfidence: 0.95 } }, 'V*lora Mist')).toBe(false);
  });
});

describe('defaults', () => {
  it('take a SKU for a number: no typos', () => {
    expect(isFound({ text: 'NX-4410B', kind: 'sku' }, 'nx 4410 b')).toBe(true);
    expect(isFound({ text: 'NX-4410B', kind: 'sku' }, 'NX-4411B')).toBe(false);
  });

  it('are stricter for an ordinary word, which its owner is told', () => {
    const { matcher, warnings } = compile({ text: 'Kindling' });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.itemId).toBe('mist');
    expect(warnings[0]?.message).toMatch(/ordinary word, in about one of [\d,]+ posts/);
    expect(matcher.match('the kindlings are dry')).toEqual([]);
    expect(compile({ text: 'Velora' }).warnings).toEqual([]);
  });
});

describe('what is no term', () => {
  it.each([
    [{ text: '✨✨' }, /holds no letter or digit/],
    [{ text: 'x'.repeat(501) }, /longer than 500/],
    [{ text: 'Velora', policy: { maxEdit: 1 } }, /policy: .*maxEdit.*known keys are .*maxEdits/],
    [{ text: 'Velora', policy: { near: 99 } }, /policy\.near/],
    [{ text: 'Velora', policy: { forbid: ['typos'] } }, /policy\.forbid\.0/],
  ])('is refused by campaign and term: %j', (term, reason) => {
    expect(() => compile(term)).toThrow(TermError);
    expect(() => compile(term)).toThrow(reason);
    expect(() => compile(term)).toThrow(/campaign `spring`, term `mist`/);
  });
});
