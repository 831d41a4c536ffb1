import { describe, expect, it } from 'vitest';
import { inHalves } from '../../batch/in-halves.ts';

const items = Array.from({ length: 100 }, (_, nth) => ({ nth }));
type Item = (typeof items)[number];

class Fault extends Error {}

const blame = (error: unknown, { nth }: Item) => {
  if (error instanceof Fault) return `${nth} fails`;
  throw error;
};

const workWith = (bad: readonly number[]) => {
  const calls: number[] = [];
  const work = (some: readonly Item[]) => {
    calls.push(some.length);
    if (some.some(({ nth }) => bad.includes(nth))) return Promise.reject(new Fault());
    return Promise.resolve(some.map(({ nth }) => `${nth} done`));
  };
  return { calls, work };
};

describe('work in halves', () => {
  it('is done at once where nothing fails, and not at all for nothing', async () => {
    const { calls, work } = workWith([]);
    expect(await inHalves(items, work, blame)).toEqual(items.map(({ nth }) => `${nth} done`));
    expect(await inHalves([], work, blame)).toEqual([]);
    expect(calls).toEqual([100]);
  });

  it('fails for those to blame alone', async () => {
    const { calls, work } = workWith([7, 61]);
    const answers = await inHalves(items, work, blame);
    expect(answers.filter((answer) => answer.endsWith('fails'))).toEqual(['7 fails', '61 fails']);
    expect(answers).toHaveLength(100);
    expect(calls.length).toBeLessThan(30);
  });

  it('passes on what is the fault of none', async () => {
    await expect(inHalves(items, () => Promise.reject(new TypeError('away')), blame)).rejects.toThrow('away');
  });
});
