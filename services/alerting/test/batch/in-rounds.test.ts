import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRounds } from '../../batch/in-rounds.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const letters = (text: string) => text.split('');

describe('rounds', () => {
  it('take what is new first, and what comes up again later', () => {
    expect(inRounds(['a', 'b', 'a', 'c', 'a', 'b'], letters)).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a']]);
  });

  it('keep apart what has one of several keys in common', () => {
    expect(inRounds(['ax', 'bx', 'b', 'a', 'y'], letters)).toEqual([['ax', 'y'], ['bx', 'a'], ['b']]);
  });

  it('lose nothing, have each key once, and keep the order of what shares a key', () => {
    const item = fc.uniqueArray(fc.constantFrom(...KEYS), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (keys) => {
        const items = keys.map((own, place) => ({ own, place }));
        const rounds = inRounds(items, ({ own }) => own);
        for (const round of rounds) {
          const all = round.flatMap(({ own }) => own);
          expect(new Set(all).size).toBe(all.length);
        }
        const flat = rounds.flat();
        expect(flat.toSorted((one, other) => one.place - other.place)).toEqual(items);
        for (const key of KEYS) {
          const places = flat.filter(({ own }) => own.includes(key)).map(({ place }) => place);
          expect(places).toEqual(places.toSorted((one, other) => one - other));
        }
      }),
    );
  });
});
