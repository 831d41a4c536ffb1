import { DeadLetterSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES } from '../../port/check-record.ts';
import { textRecord } from '../../contract-tests/harness.ts';
import { type Batch, type EventLog, type LogRecord, type OutgoingRecord } from '../../port/event-log.ts';
import { type Outcome, processBatch, type ProcessBatchOptions } from '../../stage/process-batch.ts';

/** The steps of a batch by themselves; against a real log they run in the contract suite. */
function stage(process: ProcessBatchOptions['process']) {
  const published: OutgoingRecord[][] = [];
  const observed: string[] = [];
  const unused = () => Promise.reject(new Error('no step of a batch calls this'));
  const log: EventLog = {
    publish: (records) => Promise.resolve(void published.push([...records])),
    subscribe: unused,
    replay: () => {
      throw new Error('no step of a batch calls this');
    },
    endOffsets: unused,
    offsetsAt: unused,
    committedOffsets: unused,
    close: unused,
  };
  const options: ProcessBatchOptions = {
    log,
    stage: 'matcher-text',
    process,
    maxAttempts: 3,
    backOff: { firstMs: 1, longestMs: 1 },
    savePayload: unused,
    observe: (outcome) => void observed.push(outcome.kind),
  };
  return { published, observed, options, run: (batch: Batch) => processBatch(batch, options) };
}

function batchOf(texts: readonly string[], signal = new AbortController().signal): Batch {
  const records = texts.map((text, index): LogRecord => ({
    ...textRecord('posts', 'k', text),
    partition: 0,
    offset: BigInt(index),
    appendedAt: new Date(0),
  }));
  return { topic: 'posts', partition: 0, records, signal, done: () => undefined };
}

describe('processBatch', () => {
  it('publishes everything at once, in the order of the records', async () => {
    const { published, observed, run } = stage((records) =>
      Promise.resolve(
        records.map((record): Outcome => {
          const text = Buffer.from(record.value).toString();
          if (text === 'drop') return { kind: 'dropped', reason: 'duplicate' };
          return {
            kind: 'ok',
            emit: [textRecord('detections', 'k', text), textRecord('fingerprints', 'k', text)],
          };
        }),
      ),
    );
    await run(batchOf(['a', 'drop', 'b']));
    expect(
      published.map((records) =>
        records.map(({ topic, value }) => `${topic} ${Buffer.from(value).toString()}`),
      ),
    ).toEqual([['detections a', 'fingerprints a', 'detections b', 'fingerprints b']]);
    expect(observed).toEqual(['ok', 'dropped', 'ok']);
  });

  it('publishes what a failed record could do beside its dead letter', async () => {
    const emit = [textRecord('fingerprints', 'k', 'half')];
    const { published, run } = stage(() =>
      Promise.resolve([{ kind: 'failed', reason: 'bad-picture', message: 'cut short', retry: false, emit }]),
    );
    await run(batchOf(['a']));
    expect(published[0]!.map(({ topic }) => topic)).toEqual(['fingerprints', 'dead-letters']);
    expect(DeadLetterSchema.parse(JSON.parse(Buffer.from(published[0]![1]!.value).toString()))).toMatchObject(
      {
        stage: 'matcher-text',
        attempts: 1,
        payload: { kind: 'inline', base64: Buffer.from('a').toString('base64') },
      },
    );
  });

  it('makes a record whose emission no log takes a dead letter: it must not hold up its partition', async () => {
    const { published, observed, run } = stage((records) =>
      Promise.resolve(
        records.map((_, index): Outcome => {
          const value = Buffer.alloc(index === 0 ? MAX_RECORD_BYTES + 1 : 1);
          return { kind: 'ok', emit: [{ topic: 'detections', key: 'k', value, headers: {} }] };
        }),
      ),
    );
    await run(batchOf(['too much', 'fine']));
    expect(observed).toEqual(['failed', 'ok']);
    expect(published[0]!.map(({ topic }) => topic)).toEqual(['dead-letters', 'detections']);
  });

  it('tries only those again that failed, with the attempts of each', async () => {
    const rounds: string[][] = [];
    const { run } = stage((records) => {
      rounds.push(records.map((record) => Buffer.from(record.value).toString()));
      return Promise.resolve(
        records.map((record): Outcome => {
          if (Buffer.from(record.value).toString() !== 'shaky' || rounds.length > 2)
            return { kind: 'ok', emit: [] };
          return { kind: 'failed', reason: 'fetch-failed', message: 'timed out', retry: true };
        }),
      );
    });
    await run(batchOf(['a', 'shaky', 'b']));
    expect(rounds).toEqual([['a', 'shaky', 'b'], ['shaky'], ['shaky']]);
  });

  it('rests after each failed round, twice as long as before, up to the longest', async () => {
    const rests: number[] = [];
    const failing = () =>
      Promise.resolve([{ kind: 'failed', reason: 'away', message: '', retry: true } as const]);
    const { options } = stage(failing);
    await processBatch(
      batchOf(['a']),
      { ...options, maxAttempts: 6, backOff: { firstMs: 100, longestMs: 1000 } },
      (ms) => Promise.resolve(void rests.push(ms)),
    );
    expect(rests).toHaveLength(5);
    for (const [index, full] of [100, 200, 400, 800, 1000].entries()) {
      expect(rests[index]).toBeGreaterThanOrEqual(full / 2);
      expect(rests[index]).toBeLessThan(full);
    }
  });

  it('does not process again when the partition is lost during the rest', async () => {
    const lost = new AbortController();
    let rounds = 0;
    const { published, options } = stage(() => {
      rounds += 1;
      return Promise.resolve([{ kind: 'failed', reason: 'away', message: '', retry: true }]);
    });
    const running = processBatch(batchOf(['a'], lost.signal), options, () => {
      lost.abort(new Error('lost'));
      return Promise.resolve();
    });
    await expect(running).rejects.toThrow('lost');
    expect([rounds, published]).toEqual([1, []]);
  });

  it('publishes nothing once the partition is lost', async () => {
    const lost = new AbortController();
    const { published, run } = stage((records) => {
      lost.abort(new Error('lost'));
      return Promise.resolve(
        records.map(() => ({ kind: 'ok', emit: [textRecord('detections', 'k', 'late')] })),
      );
    });
    await expect(run(batchOf(['a'], lost.signal))).rejects.toThrow('lost');
    expect(published).toEqual([]);
  });

  it('rejects when the stage forgets a record: nothing is lost by a bug', async () => {
    const { published, run } = stage(() => Promise.resolve([]));
    await expect(run(batchOf(['a']))).rejects.toThrow('returned 0 outcomes for 1 records');
    expect(published).toEqual([]);
  });
});
