import { describe, expect, it } from 'vitest';
import { inSlices } from '../../waiting/index.ts';

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
