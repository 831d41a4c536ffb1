import { expect, it } from 'vitest';
import { fromLocal, toLocal } from './local-time.ts';

it('an instant goes through a field of local time unchanged, in summer and in winter', () => {
  for (const instant of ['2026-01-31T23:59:00.000Z', '2026-07-01T00:00:00.000Z']) {
    expect(fromLocal(toLocal(instant))).toBe(instant);
  }
});

it('an empty or unfinished field is no instant', () => {
  expect([fromLocal(''), fromLocal('2026-'), toLocal(undefined)]).toEqual([null, null, '']);
});
