import { describe, expect, it } from 'vitest';
import { findBroken, findNew, formatLanded, parseLanded } from '../generate/check-landed.ts';

const migration = (number: number, name: string, digit: string) => ({
  number,
  name,
  sha256: digit.repeat(64),
});
const FIRST = migration(1, 'first', 'a');
const THIRD = migration(3, 'third', 'c');
const LANDED = parseLanded(formatLanded([FIRST, THIRD]));

describe('the list of landed migrations', () => {
  it('allows new ones behind the last, and names them', () => {
    const present = [FIRST, THIRD, migration(4, 'fourth', 'd')];
    expect(findBroken(present, LANDED)).toEqual([]);
    expect(findNew(present, LANDED)).toEqual([migration(4, 'fourth', 'd')]);
  });

  it.each([
    ['a changed one', [migration(1, 'first', 'b'), THIRD], '000001-first was changed: put it back'],
    ['a missing one', [FIRST], '000003-third is missing: put the file back'],
    ['a renamed one', [migration(1, 'begin', 'a'), THIRD], '000001-first is missing'],
    [
      'one slotted in',
      [FIRST, migration(2, 'second', 'b'), THIRD],
      '000002-second stands before 000003-third',
    ],
    ['one of the same number', [FIRST, THIRD, migration(3, 'twin', 'd')], '000003-twin stands before'],
  ])('refuses %s', (_what, present, message) => {
    expect(findBroken(present, LANDED).join('\n')).toContain(message);
  });

  it('is refused with the line that is no hash and name', () => {
    expect(() => parseLanded(`${formatLanded([FIRST])}nonsense\n`)).toThrow('line 2');
  });
});
