import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../corpus/hostile-texts.ts';
import { compileTextMatcher } from '../index.ts';

function compile(...queries: string[]) {
  return compileTextMatcher(
    queries.map((text, index) => ({
      campaignId: 'c',
      term: { id: `q${index}`, text, kind: 'query' },
    })),
  );
}

function cutOf(query: string, text: string): string | undefined {
  const [match] = compile(query).matcher.match(text);
  if (match !== undefined) expect(text.slice(...match.span)).toBe(match.matched);
  return match?.matched;
}

describe('a regex that no word leads to', () => {
  it('needs no name beside it, which its owner is told', () => {
    const { matcher, warnings } = compile('/vel[ao]ra\\s?v\\d/', 'serum AND /x\\d/');
    expect(warnings.map(({ itemId }) => itemId)).toEqual(['q0']);
    expect(warnings[0]?.message).toMatch(/every post.*word AND \/…\//);
    expect(matcher.match('nothing to see')).toEqual([]);
    expect(matcher.match('the VelaraV2 serum x1').map(({ itemId, how }) => [itemId, how])).toEqual([
      ['q0', ['query', 'regex']],
      ['q1', ['query']],
    ]);
  });

  it('takes any case unless it is told to be exact', () => {
    expect(cutOf('/Kindling v\\d/', 'KINDLING V2')).toBe('KINDLING V2');
    expect(cutOf('/Kindling v\\d/i', 'KINDLING V2')).toBe('KINDLING V2');
    expect(cutOf('/Kindling v\\d/c', 'KINDLING V2')).toBeUndefined();
    expect(cutOf('/Kindling v\\d/c', 'the Kindling v2')).toBe('Kindling v2');
  });

  it.each([
    ['as it was posted', 'naïve ½', '/naïve ½/', 'naïve ½', 'query regex'],
    ['accented', 'Vélöra v2', '/velora v\\d/', 'Vélöra v2', 'query regex diacritic'],
    ['fancy', 'so 𝓿𝓮𝓵𝓸𝓻𝓪 𝓿𝟚!', '/velora v2/', '𝓿𝓮𝓵𝓸𝓻𝓪 𝓿𝟚', 'query regex compat'],
    ['drawn in other scripts', 'Vеlоrа v2', '/velora v\\d/', 'Vеlоrа v2', 'query regex confusable'],
    [
      'cut by invisible signs',
      'Ve\u200blora v\u00ad2',
      '/velora v\\d/',
      'Ve\u200blora v\u00ad2',
      'query regex zero-width',
    ],
    ['escaped', 'q=vel%C3%B6ra%20v2', '/velora v\\d/', 'vel%C3%B6ra%20v2', 'query regex diacritic entity'],
    ['in a script without spaces', '新作リップ5号', '/リップ\\d号/', 'リップ5号', 'query regex'],
  ])('reads a text %s', (_, text, query, matched, how) => {
    const [match] = compile(query).matcher.match(text);
    expect(match?.matched).toBe(matched);
    expect(text.slice(match?.span[0], match?.span[1])).toBe(matched);
    expect(match?.how.join(' ')).toBe(how);
  });
});

describe('a hostile regex', () => {
  // On V8's engine the first takes 2^n steps for n letters. The second reads the rest of the text at every match.
  const { matcher } = compile('/^(\\w+\\s?)+$/', '/a(.*b)?/', '/(x+x+)+y/', '/(a|aa|aaa)+$/c');

  it.each(['a', 'aa ', 'x', 'ab', 'é', 'vо', '&#x61;'])('ends on 200,000 characters of %j', (unit) => {
    const text = `${unit.repeat(Math.ceil(200_000 / unit.length))}!`;
    for (const match of matcher.match(text)) expect(text.slice(...match.span)).toBe(match.matched);
  });

  it.each(hostileTexts(20_000))('ends on $unit', ({ text }) => {
    for (const match of matcher.match(text)) expect(text.slice(...match.span)).toBe(match.matched);
  });
});

describe('spans of regexes', () => {
  const { matcher } = compile('/[a-z]+\\d/', '/\\d{2}/', '/\\S+ \\S+/', '/(?s)b.b/');

  it.each([
    ['code points', fc.string({ unit: 'binary', maxLength: 200 })],
    ['graphemes', fc.string({ unit: 'grapheme', maxLength: 200 })],
    [
      'escapes and disguises',
      fc
        .array(
          fc.constantFrom(
            'a',
            'B',
            '1',
            'é',
            'ﬁ',
            '½',
            'о',
            '🔥',
            '&amp;',
            '%41',
            '\u200b',
            ' ',
            '𝓿',
            'ﷺ',
            '달',
          ),
        )
        .map((parts) => parts.join('')),
    ],
  ])('cut the original: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const match of matcher.match(text)) {
          expect(match.matched.length).toBeGreaterThan(0);
          expect(text.slice(...match.span)).toBe(match.matched);
        }
      }),
      { numRuns: 300 },
    );
  });
});
