import { expect, it } from 'vitest';
import { pagerOf } from '../screen/pager.ts';

it('pages by less, or by what PAGER says; an empty PAGER or cat turns it off', () => {
  expect(pagerOf({})).toEqual(['less']);
  expect(pagerOf({ PAGER: 'more -d' })).toEqual(['more', '-d']);
  expect(pagerOf({ PAGER: ' ' })).toBeNull();
  expect(pagerOf({ PAGER: 'cat' })).toBeNull();
});
