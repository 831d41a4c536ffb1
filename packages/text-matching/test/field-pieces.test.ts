import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT } from '../fold/folded-text.ts';
import { compileTextMatcher } from '../index.ts';

const NAME = 'Lumora Glow Serum';
const { matcher } = compileTextMatcher([
  { campaignId: 'c', term: { id: 't', text: NAME } },
  { campaignId: 'c', term: { id: 'q', kind: 'query', text: '"Lumora Glow Serum" AND tomorrow' } },
]);

/** Ordinary talk of the given length in UTF-16 units. */
function talk(units: number): string {
  return 'so much to tell you all about this week '.repeat(Math.ceil(units / 40)).slice(0, units);
}

describe('a text that is longer than what is folded at once', () => {
  it('is found to hold a name wherever it stands, in the original places', () => {
    for (const near of [0, LONGEST_TEXT / 2, LONGEST_TEXT - 5000, LONGEST_TEXT - 4000, 2 * LONGEST_TEXT]) {
      const from = near + 8;
      const text = `${talk(from - 1)} ${NAME} ${talk(LONGEST_TEXT)}`;
      const [found] = matcher.match(text);
      expect(found, String(near)).toMatchObject({
        itemId: 't',
        span: [from, from + NAME.length],
        how: ['exact'],
      });
    }
  });

  it('is cut nowhere that hides a name', () => {
    for (let before = 1; before < NAME.length + 4; before++) {
      const text = `${talk(LONGEST_TEXT - before)} ${NAME} ${talk(10_000)}`;
      expect(
        matcher.match(text).map(({ itemId }) => itemId),
        String(before),
      ).toEqual(['t']);
    }
  });

  it('holds each name once, also where there are no words to cut between', () => {
    const text = `${NAME} ${'xq'.repeat(LONGEST_TEXT)} ${NAME}`;
    expect(matcher.match(text).map(({ span }) => span)).toEqual([[0, NAME.length]]);
  });

  it('answers a query within a piece', () => {
    const text = `${talk(LONGEST_TEXT + 999)} ${NAME} is out tomorrow`;
    expect(
      matcher
        .match(text)
        .map(({ itemId }) => itemId)
        .sort(),
    ).toEqual(['q', 't']);
  });
});
