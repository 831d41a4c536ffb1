import { describe, expect, it } from 'vitest';
import { retry } from '../../waiting/index.ts';

const BACK_OFF = { firstMs: 100, longestMs: 100_000 };

/** Fails so many times, then gives `done`. */
function failing(times: number) {
  let failures = 0;
  return () => {
    failures += 1;
    return failures > times ? Promise.resolve('done') : Promise.reject(new Error(`failure ${failures}`));
  };
}

describe('retry', () => {
  it('gives what the work gives, after pauses that double', async () => {
    const pauses: number[] = [];
    const heard: unknown[] = [];
    const rest = (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    };
    const shouldRetry = (error: unknown, failures: number) => {
      heard.push([error instanceof Error && error.message, failures]);
      return true;
    };
    await expect(retry(failing(4), { backOff: BACK_OFF, shouldRetry }, rest)).resolves.toBe('done');
    expect(heard).toEqual([1, 2, 3, 4].map((failure) => [`failure ${failure}`, failure]));
    expect(pauses).toHaveLength(4);
    for (const [index, full] of [100, 200, 400, 800].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(full / 2);
      expect(pauses[index]).toBeLessThan(full);
    }
  });

  it('rejects with the failure at which it gives up', async () => {
    const backOff = { firstMs: 1, longestMs: 1 };
    const shouldRetry = (_: unknown, failures: number) => failures < 3;
    await expect(retry(failing(9), { backOff, shouldRetry })).rejects.toThrow('failure 3');
  });

  it('cuts the pause short at its signal, and tries once more', async () => {
    const stopping = new AbortController();
    const backOff = { firstMs: 600_000, longestMs: 600_000 };
    const shouldRetry = () => {
      setImmediate(() => stopping.abort());
      return true;
    };
    await expect(retry(failing(1), { backOff, shouldRetry, signal: stopping.signal })).resolves.toBe('done');
  });
});
