import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weighJudged } from '../index.ts';

const options = {
  measureOf: ({ measure }: Item) => measure,
  classOf: ({ group }: Item) => group,
  isJudged: ({ judged }: Item) => judged,
};
interface Item {
  readonly measure: number;
  readonly group: string;
  readonly judged: boolean;
}

describe('Those that were judged', () => {
  it('stand for the others of their class', () => {
    const items = [
      { measure: 10, group: 'a', judged: true },
      { measure: 10, group: 'a', judged: false },
      { measure: 3, group: 'b', judged: true },
    ];
    expect(weighJudged(items, options).map(({ weight }) => weight)).toEqual([20, 3]);
  });

  it('stand for a class of which none was judged, too', () => {
    const items = [
      { measure: 1, group: 'a', judged: true },
      { measure: 3, group: 'b', judged: false },
    ];
    expect(weighJudged(items, options).map(({ weight }) => weight)).toEqual([4]);
  });

  it('stand for nothing where they hold nothing', () => {
    const items = [
      { measure: 0, group: 'a', judged: true },
      { measure: 3, group: 'b', judged: true },
    ];
    expect(weighJudged(items, options)).toEqual([{ one: items[1], weight: 3 }]);
  });

  it('together stand for all, if any was judged', () => {
    const item = fc.record({
      measure: fc.integer({ min: 1, max: 100 }),
      group: fc.constantFrom('a', 'b', 'c'),
      judged: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const sum = weighJudged(items, options).reduce((total, { weight }) => total + weight, 0);
        const all = items.reduce((total, { measure }) => total + measure, 0);
        expect(sum).toBeCloseTo(items.some(({ judged }) => judged) ? all : 0, 6);
      }),
    );
  });
});
