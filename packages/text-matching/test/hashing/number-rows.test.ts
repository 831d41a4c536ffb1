import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberList } from '../../hashing/number-list.ts';
import { NumberRows } from '../../hashing/number-rows.ts';

describe('a list of numbers', () => {
  it('gives back what came, over several pieces', () => {
    const list = new NumberList();
    const count = 200_000;
    for (let value = 0; value < count; value++) list.push(value ^ 0x5555);
    expect(list.length).toBe(count);
    expect(list.at(0)).toBe(0x5555);
    expect(list.at(count - 1)).toBe((count - 1) ^ 0x5555);
    const whole = list.whole();
    expect(whole.length).toBe(count);
    expect(whole.every((value, index) => value === (index ^ 0x5555) && value === list.at(index))).toBe(true);
  });
});

describe('rows of numbers', () => {
  it('keeps each row once, in the order in which they first came', () => {
    const row = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (given) => {
        const rows = new NumberRows();
        const indexes = given.map((one) => rows.add(one));
        const distinct = [...new Set(given.map((one) => one.join()))];
        expect(rows.count).toBe(distinct.length);
        expect(indexes).toEqual(given.map((one) => distinct.indexOf(one.join())));
        const [numbers, starts] = [rows.numbers(), rows.starts()];
        expect(distinct.map((_, index) => numbers.slice(starts[index], starts[index + 1]).join())).toEqual(
          distinct,
        );
      }),
    );
  });
});
