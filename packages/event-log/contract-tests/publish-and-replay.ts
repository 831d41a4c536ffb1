import { groupBy } from '@leakwatch/runtime';
import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES } from '../port/check-record.ts';
import { partitionOf } from '../port/partitioner.ts';
import { numberedRecords, readAll, textOf, textRecord } from './harness.ts';
import { type Scene } from './scene.ts';

export function describePublishAndReplay({ open, topic: createTopic }: Scene): void {
  describe('publish', () => {
    it('keeps the order of records with one key, over many publishes that overlap', async () => {
      const log = await open();
      const topic = await createTopic(4);
      const records = numberedRecords(topic, 600, 7);
      const publishes = [];
      for (let at = 0; at < records.length; at += 10) {
        publishes.push(log.publish(records.slice(at, at + 10)));
      }
      await Promise.all(publishes);

      const byKey = groupBy(await readAll(log.replay({ topic })), (record) => record.key);
      expect(byKey.size).toBe(7);
      for (const [key, ofKey] of byKey) {
        expect(ofKey.map(textOf)).toEqual(ofKey.map((_, index) => `${key}#${index}`));
      }
    });

    it('gives a partition offsets without gaps, and puts a key where murmur2 says', async () => {
      const log = await open();
      const topic = await createTopic(5);
      const keys = ['', 'a', 'creator-1', 'Zoë', '田中', '🎬', 'x'.repeat(300)];
      await log.publish(keys.flatMap((key) => [textRecord(topic, key, '1'), textRecord(topic, key, '2')]));

      const records = await readAll(log.replay({ topic }));
      expect(records).toHaveLength(14);
      for (const record of records) expect(record.partition).toBe(partitionOf(record.key, 5));
      for (const ofPartition of groupBy(records, (record) => record.partition).values()) {
        expect(ofPartition.map((record) => record.offset)).toEqual(
          ofPartition.map((_, index) => BigInt(index)),
        );
      }
    });

    it('gives back key, bytes and headers as they were, whatever characters they hold', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
      const headers = {
        ce_id: 'ünïcödé – 日本 🎬',
        empty: '',
        quotes: `"'\\{},`,
        'content-type': 'text/plain',
      };
      await log.publish([
        { topic, key: 'k\u0000é', value: everyByte, headers },
        { topic, key: 'k', value: new Uint8Array(), headers: {} },
        // UTF-8 can not encode half a surrogate pair.
        { topic, key: 'k', value: new Uint8Array(), headers: { half: 'a\ud83cb' } },
      ]);

      const [first, second, third] = await readAll(log.replay({ topic }));
      expect(first).toMatchObject({ topic, partition: 0, offset: 0n, key: 'k\u0000é', headers });
      expect(Uint8Array.from(first!.value)).toEqual(everyByte);
      expect(first!.appendedAt).toBeInstanceOf(Date);
      expect(second!.value.byteLength).toBe(0);
      expect(second!.headers).toEqual({});
      expect(third!.headers).toEqual({ half: 'a\ufffdb' });
    });

    it('takes records of 900 KB and refuses what no log takes, with a reason', async () => {
      const log = await open();
      const topic = await createTopic(1);
      const value = Buffer.alloc(900_000, 'leak');
      await log.publish([0, 1, 2].map((index) => ({ topic, key: `k${index}`, value, headers: {} })));
      const records = await readAll(log.replay({ topic }));
      expect(records.map((record) => Buffer.compare(record.value, value))).toEqual([0, 0, 0]);

      const tooLarge = { topic, key: 'k', value: Buffer.alloc(MAX_RECORD_BYTES), headers: {} };
      await expect(log.publish([tooLarge])).rejects.toMatchObject({
        code: 'record-too-large',
        canRetry: false,
      });
      const badHeader = { topic, key: 'k', value: Buffer.from('v'), headers: { bad: 'a\u0000b' } };
      await expect(log.publish([badHeader])).rejects.toMatchObject({ code: 'record-invalid' });
      const astray = textRecord('no-such-topic', 'k', 'v');
      await expect(log.publish([astray])).rejects.toMatchObject({ code: 'unknown-topic', canRetry: false });
      expect(await log.endOffsets(topic)).toEqual(new Map([[0, 3n]]));
    });
  });

  describe('replay', () => {
    it('ends at the ends of its beginning, though records go on coming', async () => {
      const log = await open();
      const topic = await createTopic(3);
      await log.publish(numberedRecords(topic, 90, 9));
      const seen: string[] = [];
      for await (const batch of log.replay({ topic, maxBatchRecords: 10 })) {
        expect(batch.length).toBeLessThanOrEqual(10);
        seen.push(...batch.map(textOf));
        await log.publish(numberedRecords(topic, 18, 9));
      }
      expect(seen.toSorted()).toEqual(numberedRecords(topic, 90, 9).map(textOf).toSorted());
    });

    it('reads from offsets to offsets', async () => {
      const log = await open();
      const topic = await createTopic(2);
      await log.publish(numberedRecords(topic, 60, 12));
      const all = await readAll(log.replay({ topic }));
      const ends = await log.endOffsets(topic);
      expect([...ends.values()].reduce((sum, end) => sum + end, 0n)).toBe(60n);

      const from = new Map([[0, 3n]]);
      const to = new Map([
        [0, 8n],
        [1, 4n],
      ]);
      const part = await readAll(log.replay({ topic, from, to }));
      expect(part).toEqual(
        all.filter(({ partition, offset }) => (partition === 0 ? offset >= 3n && offset < 8n : offset < 4n)),
      );
    });

    it('reads from an instant on', async () => {
      const log = await open();
      const topic = await createTopic(2);
      // Publishes until the log's own clock has moved twice.
      const instants = new Set<number>();
      while (instants.size < 3) {
        await log.publish(numberedRecords(topic, 4, 4));
        for (const record of await readAll(log.replay({ topic }))) instants.add(record.appendedAt.getTime());
      }
      const all = await readAll(log.replay({ topic }));
      const [, instant = 0] = [...instants].toSorted((a, b) => a - b);

      const since = await readAll(log.replay({ topic, from: new Date(instant) }));
      expect(since).toEqual(all.filter((record) => record.appendedAt.getTime() >= instant));
      expect(since.length).toBeLessThan(all.length);
      expect(await readAll(log.replay({ topic, from: new Date(instant + 86_400_000) }))).toEqual([]);
    });

    it('stops when it is told to', async () => {
      const log = await open();
      const topic = await createTopic(1);
      await log.publish(numberedRecords(topic, 30, 1));
      const stop = new AbortController();
      const reading = (async () => {
        for await (const batch of log.replay({ topic, maxBatchRecords: 10, signal: stop.signal })) {
          expect(batch[0]!.offset).toBe(0n);
          stop.abort(new Error('enough'));
        }
      })();
      await expect(reading).rejects.toThrow('enough');
    });
  });

  it('refuses work once it is closed', async () => {
    const log = await open();
    const topic = await createTopic(1);
    await log.close();
    await expect(log.publish([textRecord(topic, 'k', 'v')])).rejects.toMatchObject({ code: 'closed' });
  });
}
