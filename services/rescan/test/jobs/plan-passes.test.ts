import { describe, expect, it } from 'vitest';
import { planPasses } from '../../jobs/plan-passes.ts';

/** A job that reads this many last records of a partition of a thousand. */
const job = (id: string, length: number) => ({
  id,
  ranges: [{ partition: 0, from: BigInt(1000 - length), to: 1000n }],
});

describe('passes', () => {
  it.each([
    ['equal ranges share', [job('a', 500), job('b', 500)], [['a', 'b']]],
    ['the longer one reads for the shorter one', [job('a', 600), job('b', 1000)], [['b', 'a']]],
    [
      'a short look does not wait for a long one',
      [job('a', 1000), job('b', 10), job('c', 9)],
      [['a'], ['b', 'c']],
    ],
    ['nothing to read is a pass, too', [job('a', 0)], [['a']]],
    ['no job, no pass', [], []],
  ])('%s', (_what, jobs, expected) => {
    const passes = planPasses(jobs);
    expect(passes.map((pass) => pass.jobs.map(({ id }) => id))).toEqual(expected);
    for (const { jobs: served, ranges } of passes) {
      const starts = served.map((one) => one.ranges[0]!.from);
      expect(starts.every((from) => from >= ranges[0]!.from)).toBe(true);
    }
  });
});
