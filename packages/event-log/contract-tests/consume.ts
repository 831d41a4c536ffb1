import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Batch, type EventLog, type LogRecord } from '../port/event-log.ts';
import { gate, isCaughtUp, numberedRecords, textOf, textRecord, uniqueName, waitFor } from './harness.ts';
import { type Scene } from './scene.ts';

export function describeConsume({ open, topic: createTopic }: Scene): void {
  /** Reads the rest of the topic for a group, and closes. */
  async function readOn(log: EventLog, group: string, topic: string): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    const handle = (batch: Batch) => Promise.resolve(void records.push(...batch.records));
    const subscription = await log.subscribe({ group, topics: [topic], startAt: 'earliest', handle });
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    await subscription.close();
    return records;
  }

  describe('where a group begins', () => {
    it('at the start of the log with `earliest`, at its end with `latest`, and later where it has committed', async () => {
      const log = await open();
      const topic = await createTopic(3);
      await log.publish(numberedRecords(topic, 30, 5));
      const early: string[] = [];
      const late: string[] = [];
      const lateGroup = uniqueName('late');
      const subscribe = (group: string, startAt: 'earliest' | 'latest', seen: string[]) =>
        log.subscribe({
          group,
          topics: [topic],
          startAt,
          handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
        });
      const first = await subscribe(lateGroup, 'latest', late);
      await subscribe(uniqueName('early'), 'earliest', early);
      await log.publish([textRecord(topic, 'creator-0', 'new')]);
      await waitFor('the new record, and the old ones too', () => late.length === 1 && early.length === 31);
      expect(late).toEqual(['new']);
      expect(early.toSorted()).toEqual([...numberedRecords(topic, 30, 5).map(textOf), 'new'].toSorted());

      await first.close();
      await log.publish([textRecord(topic, 'creator-0', 'meanwhile')]);
      await subscribe(lateGroup, 'latest', late);
      await waitFor('what came meanwhile', () => late.includes('meanwhile'));
      expect(late).toEqual(['new', 'meanwhile']);
    });

    it('says what is committed, and nothing of partitions without a commit', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const group = uniqueName('group');
      expect(await log.committedOffsets(group, topic)).toEqual(new Map());
      await log.publish(numberedRecords(topic, 5, 1));
      await readOn(log, group, topic);
      expect(await log.committedOffsets(group, topic)).toEqual(new Map([[0, 5n]]));
    });
  });

  describe('a group that gathers', () => {
    it('gets records that came one by one in one batch, and a full batch without waiting', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const batches: string[][] = [];
      const gathering = {
        group: uniqueName('group'),
        topics: [topic],
        startAt: 'earliest',
        maxBatchRecords: 5,
      } as const;
      const handle = (batch: Batch) => Promise.resolve(void batches.push(batch.records.map(textOf)));
      // Longer than any test: only full batches can come.
      const subscription = await log.subscribe({ ...gathering, gatherMs: 600_000, handle });
      for (const record of numberedRecords(topic, 12, 1)) await log.publish([record]);
      await waitFor('two full batches', () => batches.length === 2);
      await subscription.close();
      expect(batches.flat()).toEqual(numberedRecords(topic, 10, 1).map(textOf));

      await log.subscribe({ ...gathering, gatherMs: 300, handle });
      await waitFor('the rest, in time', () => batches.length === 3);
      expect(batches[2]).toEqual(numberedRecords(topic, 12, 1).slice(10).map(textOf));
    });
  });

  describe('a handler that fails', () => {
    it('is heard of, and gets what is not done again until it succeeds, in order and with nothing skipped', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const group = uniqueName('group');
      await log.publish(numberedRecords(topic, 12, 1));
      const deliveries: bigint[] = [];
      const errors: Error[] = [];
      await log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        maxBatchRecords: 6,
        handle(batch) {
          const first = batch.records[0]!.offset;
          deliveries.push(first);
          if (deliveries.length === 1) batch.done(2n);
          if (deliveries.length <= 3) return Promise.reject(new Error('the sink is down'));
          return Promise.resolve();
        },
        onError: (error) => void errors.push(error),
      });
      await waitFor('everything to be committed', () => isCaughtUp(log, group, topic));
      expect(deliveries.slice(0, 4)).toEqual([0n, 3n, 3n, 3n]);
      expect(errors).toHaveLength(3);
      expect(errors[0]).toMatchObject({ code: 'handler-failed', cause: new Error('the sink is down') });
    });

    it('holds up only its own partition', async () => {
      const log = await open();
      const topic = await createTopic(8);
      const group = uniqueName('group');
      const records = numberedRecords(topic, 80, 40);
      await log.publish(records);
      const poisoned = new Set<number>();
      const seen = new Set<string>();
      let healed = false;
      await log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        handle(batch) {
          if (poisoned.size === 0) poisoned.add(batch.partition);
          if (poisoned.has(batch.partition) && !healed) return Promise.reject(new Error('poison'));
          for (const record of batch.records) seen.add(textOf(record));
          return Promise.resolve();
        },
        onError: () => undefined,
      });
      const ends = await log.endOffsets(topic);
      await waitFor('all other partitions', async () => {
        const committed = await log.committedOffsets(group, topic);
        return [...ends].every(
          ([partition, end]) => poisoned.has(partition) || (committed.get(partition) ?? 0n) === end,
        );
      });
      expect(seen.size).toBeLessThan(records.length);
      healed = true;
      await waitFor('the poisoned one', () => seen.size === records.length);
    });
  });

  describe('back-pressure', () => {
    it('never has more under way than `concurrency` batches, one a partition', async () => {
      const log = await open();
      const topic = await createTopic(6);
      const group = uniqueName('group');
      await log.publish(numberedRecords(topic, 600, 30));
      const underWay = new Set<number>();
      const bothThere = gate();
      let [most, largest, overlaps] = [0, 0, 0];
      await log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        maxBatchRecords: 20,
        concurrency: 2,
        async handle(batch) {
          if (underWay.has(batch.partition)) overlaps += 1;
          underWay.add(batch.partition);
          most = Math.max(most, underWay.size);
          largest = Math.max(largest, batch.records.length);
          if (underWay.size === 2) bothThere.open();
          await bothThere.opened;
          // Slower than reading ahead.
          await sleep(5);
          underWay.delete(batch.partition);
        },
      });
      await waitFor('everything to be committed', () => isCaughtUp(log, group, topic));
      expect({ most, largest, overlaps }).toEqual({ most: 2, largest: 20, overlaps: 0 });
    });

    it('starts nothing while it is paused, keeps its partitions, and goes on when resumed', async () => {
      const log = await open();
      const topic = await createTopic(4);
      const seen: string[] = [];
      const group = uniqueName('group');
      const subscription = await log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
      });
      await waitFor('the partitions', () => subscription.assignment().get(topic)?.length === 4);
      subscription.pause();
      await log.publish(numberedRecords(topic, 40, 8));
      // Another group of the same log has read everything.
      expect(await readOn(log, uniqueName('other'), topic)).toHaveLength(40);
      expect(seen).toEqual([]);
      expect(subscription.assignment().get(topic)).toEqual([0, 1, 2, 3]);
      subscription.resume();
      await waitFor('all records', () => seen.length === 40);
      await waitFor('the commit', () => isCaughtUp(log, group, topic));
    });
  });

  describe('close', () => {
    it('waits for the batch under way, commits it, and begins no other', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const group = uniqueName('group');
      await log.publish(numberedRecords(topic, 20, 1));
      const begun: bigint[] = [];
      const work = gate();
      const subscription = await log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        maxBatchRecords: 7,
        handle(batch) {
          begun.push(batch.records[0]!.offset);
          return work.opened;
        },
      });
      await waitFor('the first batch', () => begun.length === 1);
      const closed = subscription.close();
      work.open();
      await closed;
      await subscription.stopped;
      expect(begun).toEqual([0n]);
      expect(await log.committedOffsets(group, topic)).toEqual(new Map([[0, 7n]]));

      const rest = await readOn(log, group, topic);
      expect(rest[0]!.offset).toBe(7n);
      expect(rest).toHaveLength(13);
    });
  });
}
