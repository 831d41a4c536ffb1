import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES, hostileTexts } from '../corpus/hostile-texts.ts';
import { compileTextMatcher } from '../index.ts';

const { matcher } = compileTextMatcher(
  HOSTILE_NAMES.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
);

describe('a hostile text of 200,000 characters', () => {
  it.each(hostileTexts(200_000))('of $unit ends', ({ text }) => {
    for (const match of matcher.match(text)) expect(text.slice(...match.span)).toBe(match.matched);
  });

  it.each(hostileTexts(5_000))('of $unit does not hide a leak behind it', ({ text }) => {
    const found = matcher.match(`${text} the Quillf3ather is here`).map((match) => match.itemId);
    expect(found).toContain('t2');
  });
});
