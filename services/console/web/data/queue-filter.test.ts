import { expect, it } from 'vitest';
import { dropAbsent, readFilter, splitFilter, writeFilter } from './queue-filter.ts';

it('survives the way through an address', () => {
  const filter = {
    state: ['open' as const],
    severity: ['critical' as const, 'high' as const],
    tier: [4, 5],
    campaign: ['spring & summer'],
    assignee: ['me'],
    overdue: true,
    since: '2026-11-01T00:00:00.000Z',
  };
  expect(readFilter(new URLSearchParams(writeFilter(filter).toString()))).toEqual(filter);
});

it('gives equal filters one text, whatever the order of their keys', () => {
  const one = writeFilter({ tier: [3], severity: ['low'] });
  expect(one.toString()).toBe(writeFilter({ severity: ['low'], tier: [3] }).toString());
});

it('leaves out only the values that make no sense', () => {
  const params = new URLSearchParams('severity=huge&tier=3&tier=9&state=open&since=yesterday');
  expect(readFilter(params)).toEqual({ state: ['open'] });
});

it('keeps names that may be secret out of the address', () => {
  const { open, secrets } = splitFilter({ q: 'noctelle', creator: ['ana'], item: ['serum'], tier: [1] });
  expect(writeFilter(open).toString()).toBe('tier=1');
  expect(readFilter(writeFilter(open), secrets)).toEqual({
    q: 'noctelle',
    creator: ['ana'],
    item: ['serum'],
    tier: [1],
  });
});

it('drops empty lists', () => {
  expect(dropAbsent({ severity: [], state: ['open'], q: undefined })).toEqual({ state: ['open'] });
});
