import { type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type Store } from '@leakwatch/store';
import { openTestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecordGuard, type GuardRecords } from '../in-hand/guard-records.ts';

let store: Store & { drop(): Promise<void> };

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());
beforeEach(() => store.pool.query('DELETE FROM record_in_hand'));

const records = Array.from({ length: 5 }, (_unused, at): LogRecord => ({
  ...{ topic: 'posts', partition: 1, offset: BigInt(at), key: 'k', headers: {}, appendedAt: new Date() },
  value: new Uint8Array(),
}));
const guilty = 2n;
const ok: Outcome = { kind: 'ok', emit: [] };

/** A process: its notes are its own. */
const startProcess = () => createRecordGuard(store.pool, 'test');

/** Lets a process work until it ends on the guilty record: whatever it still had to do never happens. */
function fall(guard: GuardRecords, some: readonly LogRecord[]): Promise<bigint[][]> {
  const begun: bigint[][] = [];
  return new Promise((resolve) => {
    void guard(some, (batch) => {
      begun.push(batch.map(({ offset }) => offset));
      if (!batch.some(({ offset }) => offset === guilty)) return Promise.resolve(batch.map(() => ok));
      resolve(begun);
      return new Promise(() => undefined);
    });
  });
}

const notes = async () => (await store.pool.query('SELECT log_offset FROM record_in_hand')).rows.length;

describe('a guarded record', () => {
  it('leaves no note when it is done, or its batch fails without the process', async () => {
    const guard = startProcess();
    expect(await guard(records, (batch) => Promise.resolve(batch.map(() => ok)))).toEqual(
      records.map(() => ok),
    );
    await expect(guard(records, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await notes()).toBe(0);
  });

  it('is taken up alone after a process ended on it, and set aside alone when that goes on', async () => {
    expect(await fall(startProcess(), records)).toEqual([[0n, 1n, 2n, 3n, 4n]]);
    // Those before it pass, one by one, while nothing else runs.
    expect(await fall(startProcess(), records)).toEqual([[0n], [1n], [2n]]);
    // The stretch comes again as a whole: what has passed alone goes in company.
    expect(await fall(startProcess(), records)).toEqual([[0n, 1n], [2n]]);
    const outcomes = await startProcess()(records, (batch) => Promise.resolve(batch.map(() => ok)));
    expect(outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.reason : outcome.kind))).toEqual([
      ...['ok', 'ok', 'took-process-down', 'ok', 'ok'],
    ]);
    expect(await notes()).toBe(0);
  });

  it('runs alone among all partitions of its process', async () => {
    await fall(startProcess(), records);
    const guard = startProcess();
    let running = 0;
    const together: number[] = [];
    const work = async (batch: readonly LogRecord[]) => {
      running += batch.length;
      together.push(running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= batch.length;
      return batch.map(() => ok);
    };
    const others = records.map((record) => ({ ...record, partition: 2 }));
    await Promise.all([guard(others, work), guard(records, work)]);
    expect(together.toSorted()).toEqual([1, 1, 1, 1, 1, 5]);
  });
});
