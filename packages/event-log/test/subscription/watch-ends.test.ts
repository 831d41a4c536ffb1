import { expect, it } from 'vitest';
import { waitFor } from '../../contract-tests/harness.ts';
import { createHeldPartitions } from '../../subscription/held-partitions.ts';
import { createEndWatch } from '../../subscription/watch-ends.ts';

/** A member at offset 9 of a partition that ends at 4. */
function scene(isOurs: boolean) {
  const reports: string[] = [];
  const commits: bigint[] = [];
  const asked: Date[] = [];
  const held = createHeldPartitions(({ message }) => void reports.push(message));
  const unused = () => Promise.reject(new Error('no watch calls this'));
  let looks = 0;
  const watch = createEndWatch({
    topics: ['posts'],
    group: 'lane',
    held,
    context: {
      reader: {
        heads: () => Promise.resolve([{ topic: 'posts', partition: 0, start: 0n, end: 4n }]),
        offsetsAt: (_topic, instant) => Promise.resolve(new Map([[0, asked.push(instant) > 0 ? 2n : 0n]])),
        read: unused,
      },
      member: {
        sync: unused,
        leave: unused,
        commit: (_partition, _epoch, offset) => Promise.resolve(commits.push(offset) > 0 && isOurs),
      },
      limits: { records: 3, bytes: 1000 },
      handle: unused,
      report: ({ message }) => void reports.push(message),
      lose: held.lose,
    },
    pollMs: 60_000,
    isWanted: () => true,
    onLearned: () => void (looks += 1),
  });
  held.adopt([{ topic: 'posts', partition: 0, offset: 9n, epoch: 1n, leaving: false }]);
  const [one] = held.all();
  if (one === undefined) throw new Error('the partition is not held');
  return {
    ...{ reports, commits, asked, held, one, watch },
    look: async () => {
      const before = looks;
      watch.wake();
      await waitFor('a look', () => looks > before);
    },
  };
}

it('a place past the end is waited for; then what came in the last hour is read again', async () => {
  const { reports, commits, asked, one, watch, look } = scene(true);
  watch.start();
  await look();
  expect(one.position).toBe(9n);
  expect(reports).toEqual([]);

  one.pastEndSince = performance.now() - 31_000;
  const before = Date.now() - 3_600_000;
  await look();
  expect(asked[0]?.getTime()).toBeGreaterThanOrEqual(before);
  expect(commits).toEqual([2n]);
  expect(one).toMatchObject({ position: 2n, done: 2n, pastEndSince: null });
  expect(reports).toEqual([
    'posts/0 ends at 4, before offset 9 that group lane had reached; the group goes on at 2, with what came in the last hour',
  ]);
  await watch.stop();
});

it('nothing is read again in a partition that another member has by now', async () => {
  const { reports, one, held, watch, look } = scene(false);
  watch.start();
  await look();
  one.pastEndSince = performance.now() - 31_000;
  await look();
  expect(held.all()).toEqual([]);
  expect(reports).toEqual([]);
  await watch.stop();
});

it('where the log was cut back under the member, it reads on from the cut, once its batch is over', async () => {
  const { reports, commits, one, watch, look } = scene(true);
  watch.start();
  await look();
  one.state = 'busy';
  watch.hear([{ topic: 'posts', partition: 0, start: 0n, end: 12n, cutAt: 6n }]);
  watch.hear([{ topic: 'posts', partition: 0, start: 0n, end: 12n, cutAt: 8n }]);
  await look();
  expect([one.position, one.cutAt]).toEqual([9n, 6n]);

  one.state = 'idle';
  await look();
  expect(commits).toEqual([6n]);
  expect(one).toMatchObject({ position: 6n, done: 6n, cutAt: null });
  expect(reports).toEqual([
    'posts/0 lost the records from offset 6 on, of which group lane had read those before 9; the group goes on at 6',
  ]);
  await watch.stop();
});

it('a cut past the place of the member changes nothing for it', async () => {
  const { reports, commits, one, watch, look } = scene(true);
  watch.start();
  await look();
  watch.hear([{ topic: 'posts', partition: 0, start: 0n, end: 12n, cutAt: 10n }]);
  await look();
  expect([one.position, one.cutAt, reports, commits]).toEqual([9n, null, [], []]);
  await watch.stop();
});
