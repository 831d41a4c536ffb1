import { describe, expect, it } from 'vitest';
import { type Fetched } from '../../../kafka/records/fetch-records.ts';
import { createRecordBuffer } from '../../../kafka/records/record-buffer.ts';

const PARTITION = { topic: 'posts', partition: 0 };
const NO_LIMITS = { records: 1000, bytes: 1_000_000 };

/** A broker's answer from an offset on: records of ten bytes at the given offsets. */
function fetched(from: bigint, next: bigint, offsets: readonly bigint[]): Fetched {
  const records = offsets.map((offset) => ({
    ...PARTITION,
    offset,
    key: 'k',
    value: new Uint8Array(10),
    headers: {},
    appendedAt: new Date(0),
  }));
  return {
    ...PARTITION,
    from,
    next,
    records,
    bytes: 10 * records.length,
    start: 0n,
    end: next,
    epochs: null,
  };
}

function take(
  buffer: ReturnType<typeof createRecordBuffer>,
  from: bigint,
  to: bigint,
  limits = NO_LIMITS,
): { offsets: bigint[]; next: bigint } | undefined {
  const taken = buffer.take({ ...PARTITION, from, to }, limits);
  return taken && { offsets: taken.records.map(({ offset }) => offset), next: taken.next };
}

describe('a record buffer', () => {
  it('joins what was fetched in turn, and gives it in batches within both limits', () => {
    const buffer = createRecordBuffer();
    buffer.put(fetched(5n, 8n, [5n, 6n, 7n]));
    buffer.put(fetched(8n, 10n, [8n, 9n]));
    expect(buffer.next(PARTITION, 5n)).toBe(10n);
    expect(take(buffer, 5n, 10n, { records: 2, bytes: 1000 })).toEqual({ offsets: [5n, 6n], next: 7n });
    expect(take(buffer, 7n, 10n, { records: 9, bytes: 25 })).toEqual({ offsets: [7n, 8n], next: 9n });
    expect(take(buffer, 9n, 10n, { records: 9, bytes: 1 })).toEqual({ offsets: [9n], next: 10n });
    expect(take(buffer, 10n, 12n)).toBeUndefined();
  });

  it('gives a stretch again until the reader has gone on, and lets go of what lies before', () => {
    const buffer = createRecordBuffer();
    buffer.put(fetched(0n, 4n, [0n, 1n, 2n, 3n]));
    expect(take(buffer, 1n, 3n)).toEqual({ offsets: [1n, 2n], next: 3n });
    expect(take(buffer, 1n, 3n)).toEqual({ offsets: [1n, 2n], next: 3n });
    expect(buffer.bytes(PARTITION)).toBe(30);
    expect(take(buffer, 0n, 4n)).toBeUndefined();
  });

  it('passes offsets that hold no record, and never an end', () => {
    const buffer = createRecordBuffer();
    buffer.put(fetched(0n, 6n, [0n, 4n]));
    expect(take(buffer, 0n, 3n)).toEqual({ offsets: [0n], next: 3n });
    expect(take(buffer, 1n, 6n)).toEqual({ offsets: [4n], next: 6n });
    expect(take(buffer, 5n, 9n)).toEqual({ offsets: [], next: 6n });
  });

  it('begins anew for a reader that has gone elsewhere, and forgets partitions that are lost', () => {
    const buffer = createRecordBuffer();
    buffer.put(fetched(0n, 2n, [0n, 1n]));
    buffer.put(fetched(7n, 8n, [7n]));
    expect(take(buffer, 0n, 8n)).toBeUndefined();
    expect(take(buffer, 7n, 8n)).toEqual({ offsets: [7n], next: 8n });
    buffer.keepOnly([]);
    expect(buffer.bytes(PARTITION)).toBe(0);
    expect(buffer.next(PARTITION, 3n)).toBe(3n);
  });
});
