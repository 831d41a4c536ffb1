import { describe, expect, it } from 'vitest';
import { createAppendQueue, type Placed } from '../../adapter/append-queue.ts';
import { EventLogError } from '../../port/errors.ts';
import { type OutgoingRecord } from '../../port/event-log.ts';
import { partitionOf } from '../../port/partitioner.ts';

function records(topic: string, count: number, bytes = 1): OutgoingRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    topic,
    key: `k${n}`,
    value: new Uint8Array(bytes),
    headers: {},
  }));
}

/** A log that keeps what is appended; it has the topics `posts` and `alerts`. */
function scene() {
  const appends: Placed[][] = [];
  let failure: Error | undefined;
  let underWay = 0;
  const queue = createAppendQueue({
    partitions: (topic) =>
      topic === 'gone'
        ? Promise.reject(new EventLogError('unknown-topic', 'topic gone has not been created'))
        : Promise.resolve(topic === 'posts' ? 12 : 3),
    async append(placed) {
      underWay += 1;
      expect(underWay).toBe(1);
      await Promise.resolve();
      underWay -= 1;
      if (failure !== undefined) throw failure;
      appends.push([...placed]);
    },
  });
  return { appends, queue, fail: (error?: Error) => void (failure = error) };
}

const sizes = (appends: readonly Placed[][]) => appends.map(({ length }) => length);

describe('the append queue', () => {
  it('puts each record in the partition of its key, with its size', async () => {
    const { appends, queue } = scene();
    await queue.publish([...records('posts', 2, 7), ...records('alerts', 1)]);
    expect(appends[0]?.map(({ record, partition, bytes }) => [record.topic, partition, bytes])).toEqual([
      ['posts', partitionOf('k0', 12), 9],
      ['posts', partitionOf('k1', 12), 9],
      ['alerts', partitionOf('k0', 3), 3],
    ]);
  });

  it('appends publishes that wait together, in the order of their calls', async () => {
    const { appends, queue } = scene();
    await Promise.all(
      [records('posts', 2), records('alerts', 3), records('posts', 1)].map((one) => queue.publish(one)),
    );
    expect(sizes(appends)).toEqual([2, 4]);
    expect(appends.flat().map(({ record }) => record.topic)).toEqual([
      ...['posts', 'posts'],
      ...['alerts', 'alerts', 'alerts'],
      'posts',
    ]);
  });

  it('fills an append with at most a thousand records, and splits a greater publish', async () => {
    const { appends, queue } = scene();
    const publishes = [1, 600, 400, 1, 2500].map((count) => queue.publish(records('posts', count)));
    await Promise.all(publishes);
    expect(sizes(appends)).toEqual([1, 1000, 1, 1000, 1000, 500]);
  });

  it('splits an append before it passes four megabytes', async () => {
    const { appends, queue } = scene();
    await queue.publish(records('posts', 5, 999_998));
    expect(sizes(appends)).toEqual([4, 1]);
  });

  it('fails the publish with an unknown topic, and no other that waits with it', async () => {
    const { appends, queue } = scene();
    const results = await Promise.allSettled([
      queue.publish(records('posts', 1)),
      queue.publish(records('gone', 1)),
      queue.publish(records('posts', 1)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sizes(appends)).toEqual([1, 1]);
  });

  it('fails the publishes of a failed append, and goes on with the next', async () => {
    const { appends, queue, fail } = scene();
    fail(new Error('the log is away'));
    await expect(queue.publish(records('posts', 1))).rejects.toThrow('the log is away');
    fail();
    await queue.publish(records('posts', 1));
    expect(sizes(appends)).toEqual([1]);
  });

  it('refuses a whole publish with one bad record, and appends nothing for an empty one', async () => {
    const { appends, queue } = scene();
    const [good, bad] = [records('posts', 1), records('posts', 1, 1_000_001)];
    await expect(queue.publish([...good, ...bad])).rejects.toMatchObject({ code: 'record-too-large' });
    await queue.publish([]);
    await queue.idle();
    expect(appends).toEqual([]);
  });

  it('is idle when all that waited is in', async () => {
    const { appends, queue } = scene();
    const publishes = [1, 2].map((count) => queue.publish(records('posts', count)));
    await queue.idle();
    expect(sizes(appends)).toEqual([1, 2]);
    await Promise.all(publishes);
  });
});
