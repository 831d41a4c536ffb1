import { describe, expect, it } from 'vitest';
import { type OutgoingRecord } from '../../port/event-log.ts';
import { MAX_RECORD_BYTES, recordBytes, refusal } from '../../port/check-record.ts';

function recordOf(change: Partial<OutgoingRecord> = {}): OutgoingRecord {
  return { topic: 'posts', key: 'zoë', value: new Uint8Array(10), headers: {}, ...change };
}

describe('recordBytes', () => {
  it('adds up key, value, names and values of headers, in UTF-8', () => {
    expect(recordBytes(recordOf())).toBe(4 + 10);
    expect(recordBytes(recordOf({ headers: { id: 'ü', empty: '' } }))).toBe(4 + 10 + 2 + 2 + 5);
  });
});

describe('refusal', () => {
  it('takes a record of the greatest size, and names the topic and sizes of a greater one', () => {
    expect(refusal(recordOf(), MAX_RECORD_BYTES)).toBeUndefined();
    expect(refusal(recordOf(), MAX_RECORD_BYTES + 1)).toMatchObject({
      code: 'record-too-large',
      message: 'a record for topic posts has 1000001 bytes; at most 1000000 fit',
      canRetry: false,
    });
  });

  it('refuses U+0000 in the name of a header', () => {
    expect(refusal(recordOf({ headers: { 'ba\0d': 'fine' } }), 10)).toMatchObject({
      code: 'record-invalid',
      message: 'header "ba\\u0000d" contains the character U+0000',
    });
  });

  it('refuses U+0000 in the value of a header, whatever stands before it', () => {
    const headers = { good: 'fine', bad: 'a\0b' };
    expect(refusal(recordOf({ headers }), 10)?.message).toBe('header "bad" contains the character U+0000');
    expect(refusal(recordOf({ headers: { good: 'fine' } }), 10)).toBeUndefined();
  });
});
