import { describe, expect, it } from 'vitest';
import { type EventLog, type Offsets } from '../port/event-log.ts';
import { numberedRecords, readAll, uniqueName, waitFor } from './harness.ts';
import { type Scene } from './scene.ts';

export function describeBeginnings({ open, topic: createTopic }: Scene): void {
  /**
   * Joins the group, waits for the last record of the topic's only partition, and leaves. Returns the offsets
   * that it saw.
   */
  async function offsetsSeen(
    log: EventLog,
    topic: string,
    group: string,
    startFrom?: Offsets,
  ): Promise<bigint[]> {
    const seen: bigint[] = [];
    const end = (await log.endOffsets(topic)).get(0)!;
    const subscription = await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      ...(startFrom === undefined ? {} : { startFrom }),
      handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(({ offset }) => offset))),
    });
    await waitFor('the last record', () => seen.at(-1) === end - 1n);
    await subscription.close();
    return seen;
  }

  describe('a group that says where it begins', () => {
    it('begins there, and goes on where it was the next time', async () => {
      const log = await open();
      const topic = await createTopic(1);
      await log.publish(numberedRecords(topic, 10, 3));
      const group = uniqueName('group');
      expect(await offsetsSeen(log, topic, group, new Map([[0, 7n]]))).toEqual([7n, 8n, 9n]);
      await log.publish(numberedRecords(topic, 2, 3));
      expect(await offsetsSeen(log, topic, group, new Map([[0, 0n]]))).toEqual([10n, 11n]);
    });

    it('begins with the partition where it names none', async () => {
      const log = await open();
      const topic = await createTopic(1);
      await log.publish(numberedRecords(topic, 3, 3));
      expect(await offsetsSeen(log, topic, uniqueName('group'), new Map())).toEqual([0n, 1n, 2n]);
    });
  });

  it('offsetsAt is the first record at or after an instant, and the end after the last', async () => {
    const log = await open();
    const topic = await createTopic(1);
    await log.publish(numberedRecords(topic, 5, 3));
    const [first] = await readAll(log.replay({ topic }));
    expect(await log.offsetsAt(topic, new Date(0))).toEqual(new Map([[0, 0n]]));
    expect(await log.offsetsAt(topic, first!.appendedAt)).toEqual(new Map([[0, 0n]]));
    expect(await log.offsetsAt(topic, new Date(Date.now() + 60_000))).toEqual(new Map([[0, 5n]]));
  });
}
