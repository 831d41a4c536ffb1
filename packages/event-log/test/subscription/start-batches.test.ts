import { describe, expect, it } from 'vitest';
import { type Batch, type LogRecord } from '../../port/event-log.ts';
import { createHeldPartitions } from '../../subscription/held-partitions.ts';
import { createBatchStarter } from '../../subscription/start-batches.ts';

const untilIdle = () => new Promise<void>((resolve) => setImmediate(resolve));

function recordAt(partition: number, offset: bigint): LogRecord {
  const appendedAt = new Date(0);
  return { topic: 'posts', partition, offset, key: 'k', value: new Uint8Array(1), headers: {}, appendedAt };
}

/** A member with one partition of nine records, in batches of three. */
function scene(handle: (batch: Batch) => Promise<void>) {
  const errors: string[] = [];
  const commits: bigint[] = [];
  const tasks: { ms: number; run: () => void }[] = [];
  let mayStart = true;
  const held = createHeldPartitions(({ message }) => void errors.push(message));
  const unused = () => Promise.reject(new Error('no batch calls this'));
  const starter = createBatchStarter({
    held,
    context: {
      reader: {
        heads: unused,
        offsetsAt: unused,
        read: ({ partition, from, to }, { records }) => {
          const offsets = Array.from({ length: records }, (_, n) => from + BigInt(n)).filter((at) => at < to);
          return Promise.resolve({
            records: offsets.map((offset) => recordAt(partition, offset)),
            next: from + BigInt(offsets.length),
          });
        },
      },
      member: {
        sync: unused,
        leave: unused,
        commit: (_, _epoch, offset) => Promise.resolve(commits.push(offset) > 0),
      },
      limits: { records: 3, bytes: 1000 },
      handle,
      report: ({ message }) => void errors.push(message),
      lose: held.lose,
    },
    concurrency: 4,
    gatherMs: 0,
    backOff: { firstMs: 100, longestMs: 1000 },
    mayStart: () => mayStart,
    onOver: () => undefined,
    after: (ms, run) => void tasks.push({ ms, run }),
  });
  held.adopt([{ topic: 'posts', partition: 0, offset: 0n, epoch: 1n, leaving: false }]);
  held.advance([{ topic: 'posts', partition: 0, start: 0n, end: 9n }]);
  const [one] = held.all();
  if (one === undefined) throw new Error('the partition is not held');
  return { errors, commits, tasks, held, one, starter, allow: (may: boolean) => void (mayStart = may) };
}

describe('the batch starter', () => {
  it('goes on from batch to batch until the partition has no more', async () => {
    const { commits, one, starter } = scene(() => Promise.resolve());
    starter.startReady();
    await untilIdle();
    expect(commits).toEqual([3n, 6n, 9n]);
    expect(one).toMatchObject({ state: 'idle', position: 9n });
    await starter.allOver();
  });

  it('starts none while it may not', async () => {
    const { commits, starter, allow } = scene(() => Promise.resolve());
    allow(false);
    starter.startReady();
    await untilIdle();
    expect(commits).toEqual([]);
  });

  it('rests after each failure, twice as long as before, and begins anew after a success', async () => {
    let fails = true;
    const { tasks, one, starter } = scene(() =>
      fails ? Promise.reject(new Error('no')) : Promise.resolve(),
    );
    starter.startReady();
    for (const full of [100, 200, 400, 800, 1000, 1000]) {
      await untilIdle();
      expect(one.state).toBe('resting');
      const { ms, run } = tasks.pop()!;
      expect(ms).toBeGreaterThanOrEqual(full / 2);
      expect(ms).toBeLessThan(full);
      run();
      expect(one.state).toBe('busy');
    }
    await untilIdle();
    fails = false;
    tasks.pop()!.run();
    await untilIdle();
    expect(one).toMatchObject({ state: 'idle', failures: 0, position: 9n });
  });

  it('leaves a partition alone that was lost during its batch or its rest', async () => {
    const { tasks, held, one, starter } = scene(() => Promise.reject(new Error('no')));
    starter.startReady();
    await untilIdle();
    held.lose(one, 'another member holds it now');
    tasks.pop()!.run();
    expect(one.state).toBe('lost');
    await untilIdle();
    expect(tasks).toEqual([]);
  });

  it('reports nothing of a batch whose partition was lost in the meantime', async () => {
    let finish = (): void => undefined;
    const work = new Promise<void>((resolve) => (finish = resolve));
    const { errors, commits, held, one, starter } = scene(() =>
      work.then(() => Promise.reject(new Error('no'))),
    );
    starter.startReady();
    await untilIdle();
    held.lose(one, 'another member holds it now');
    finish();
    await starter.allOver();
    expect(errors).toEqual(['posts/0: another member holds it now']);
    expect(commits).toEqual([]);
  });
});
