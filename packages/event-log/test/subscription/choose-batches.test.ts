import { describe, expect, it } from 'vitest';
import { type BatchRules, chooseBatches } from '../../subscription/choose-batches.ts';
import { type Held, newlyHeld } from '../../subscription/held-partitions.ts';

const RULES: BatchRules = {
  running: new Set(),
  concurrency: 4,
  gatherMs: 0,
  batchRecords: 10,
  now: 1000,
};

/** An idle partition with three records that wait. */
function waiting(partition: number, change: Partial<Held> = {}): Held {
  const holding = { topic: 'posts', partition, offset: 5n, epoch: 1n, leaving: false };
  return { ...newlyHeld(holding), end: 8n, ...change };
}

function chosen(held: readonly Held[], rules: Partial<BatchRules> = {}) {
  const { ready, againInMs } = chooseBatches(held, { ...RULES, ...rules });
  return { partitions: ready.map(({ partition }) => partition), againInMs };
}

describe('chooseBatches', () => {
  it('takes idle partitions with records, and no other', () => {
    const held = [
      waiting(0),
      waiting(1, { end: 5n }),
      waiting(2, { state: 'busy' }),
      waiting(3, { state: 'resting' }),
      waiting(4, { leaving: true }),
      waiting(5),
    ];
    expect(chosen(held, { running: new Set(['posts/5']) }).partitions).toEqual([0]);
  });

  it('begins with the partition that has waited longest since its last batch', () => {
    const held = [waiting(0, { servedAt: 30 }), waiting(1, { servedAt: 10 }), waiting(2, { servedAt: 20 })];
    expect(chosen(held).partitions).toEqual([1, 2, 0]);
  });

  it('has no more under way than `concurrency`', () => {
    const held = [0, 1, 2, 3].map((partition) => waiting(partition));
    const running = new Set(['alerts/0', 'alerts/1']);
    expect(chosen(held, { running, concurrency: 3 }).partitions).toEqual([0]);
    expect(chosen(held, { running, concurrency: 2 }).partitions).toEqual([]);
    expect(chosen(held, { running, concurrency: 1 }).partitions).toEqual([]);
  });

  describe('with time to gather', () => {
    it('waits for the rest of the time, and says when to choose again: at the earliest of them', () => {
      const held = [waiting(0, { waitingSince: 950 }), waiting(1, { waitingSince: 920 })];
      expect(chosen(held, { gatherMs: 100 })).toEqual({ partitions: [], againInMs: 20 });
    });

    it('waits no longer than that', () => {
      expect(chosen([waiting(0, { waitingSince: 900 })], { gatherMs: 100 })).toEqual({
        partitions: [0],
        againInMs: undefined,
      });
    });

    it('starts a full batch at once', () => {
      const held = [waiting(0, { waitingSince: 999, end: 15n }), waiting(1, { waitingSince: 999, end: 14n })];
      expect(chosen(held, { gatherMs: 100 })).toEqual({ partitions: [0], againInMs: 99 });
    });
  });
});
