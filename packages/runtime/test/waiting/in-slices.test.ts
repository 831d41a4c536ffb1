import { describe, expect, it } from 'vitest';
import { inSlices, mapInSlices } from '../../waiting/index.ts';

describe('work in slices', () => {
  it('lets others have their turn while it goes on, and gives its result', async () => {
    let steps = 0;
    let seenAt = 0;
    function* work() {
      for (; steps < 100; steps++) yield;
      return 'done';
    }
    const working = inSlices(work(), 0);
    setImmediate(() => (seenAt = steps));
    expect(await working).toBe('done');
    expect(seenAt).toBeGreaterThan(0);
    expect(seenAt).toBeLessThan(100);
  });

  it('fails as the work does', async () => {
    // eslint-disable-next-line require-yield
    function* broken(): Generator<void, string, void> {
      throw new Error('a term that cannot be watched');
    }
    await expect(inSlices(broken())).rejects.toThrow('cannot be watched');
  });
});

describe('mapping in slices', () => {
  it('gives the results in their order, with turns for others between them', async () => {
    let others = 0;
    const other = setInterval(() => (others += 1), 0);
    const slow = (n: number) => {
      const until = performance.now() + 3;
      while (performance.now() < until);
      return n * 2;
    };
    expect(await mapInSlices([1, 2, 3, 4, 5], slow, 0)).toEqual([2, 4, 6, 8, 10]);
    clearInterval(other);
    expect(others).toBeGreaterThan(0);
  });

  it('fails as one item does, and leaves the rest', async () => {
    const seen: number[] = [];
    const failing = mapInSlices([1, 2, 3], (n) => {
      seen.push(n);
      if (n === 2) throw new Error('the second');
    });
    await expect(failing).rejects.toThrow('the second');
    expect(seen).toEqual([1, 2]);
  });
});
