import { EVENTS, type Verdict, VerdictSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import {
  decodeEvent,
  encodeEvent,
  eventTypeName,
  newTraceparent,
  RecordError,
} from '../../events/cloud-events.ts';

/** Small, and of the contracts: any event type does. */
const VERDICT = { ...EVENTS.alert, type: 'leakwatch.verdict.v1', schema: VerdictSchema };
const verdict: Verdict = {
  schemaVersion: 1,
  alertId: 'a'.repeat(64),
  verdict: 'confirmed',
  reason: 'Zoë’s story shows it 🎬',
  givenBy: 'ana',
  givenAt: '2026-11-22T09:00:00.000Z',
};
const attributes = {
  id: 'event-1',
  key: 'creator-1',
  source: '/leakwatch/console',
  time: new Date('2026-11-22T09:00:01Z'),
};

function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof RecordError) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'it could be read';
}

describe('encodeEvent', () => {
  it('writes the CloudEvents attributes as headers and the value as UTF-8 JSON', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const record = encodeEvent(VERDICT, verdict, { ...attributes, traceparent });
    expect(record).toMatchObject({ topic: 'alerts', key: 'creator-1' });
    expect(record.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'event-1',
      ce_type: 'leakwatch.verdict.v1',
      ce_source: '/leakwatch/console',
      ce_time: '2026-11-22T09:00:01.000Z',
      ce_schemaversion: '1',
      'content-type': 'application/json',
      traceparent,
    });
    expect(JSON.parse(new TextDecoder().decode(record.value))).toEqual(verdict);
  });

  it('begins a trace where there is none', () => {
    const traces = [1, 2].map(() => encodeEvent(VERDICT, verdict, attributes).headers['traceparent']);
    for (const trace of traces) expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traces[0]).not.toBe(traces[1]);
    expect(newTraceparent()).toMatch(/^00-(?!0{32})/);
  });
});

describe('decodeEvent', () => {
  const record = encodeEvent(VERDICT, verdict, attributes);

  it('gives back what was encoded', () => {
    expect(decodeEvent(record, VERDICT)).toEqual(verdict);
    expect(eventTypeName(record)).toBe('leakwatch.verdict.v1');
  });

  it('refuses another type', () => {
    expect(reasonOf(() => decodeEvent(record, EVENTS.post))).toBe(
      'unknown-type: expected an event leakwatch.post.v1, got leakwatch.verdict.v1',
    );
    expect(reasonOf(() => decodeEvent({ ...record, headers: {} }, VERDICT))).toContain('got none');
  });

  it('refuses what is no JSON or no UTF-8, and quotes none of it', () => {
    const secret = Buffer.from('{"reason": "Project Nightfall');
    expect(reasonOf(() => decodeEvent({ ...record, value: secret }, VERDICT))).toBe(
      'bad-json: the value (29 bytes) is not JSON',
    );
    const latin1 = Buffer.from('{"reason": "Zo\u00eb"}', 'latin1');
    expect(reasonOf(() => decodeEvent({ ...record, value: latin1 }, VERDICT))).toBe(
      'bad-json: the value (17 bytes) is not UTF-8',
    );
  });

  it('refuses what breaks the schema and names the path', () => {
    const value = Buffer.from(JSON.stringify({ ...verdict, verdict: 'maybe', alertId: 'x' }));
    const reason = reasonOf(() => decodeEvent({ ...record, value }, VERDICT));
    expect(reason).toMatch(/^bad-schema: /);
    expect(reason).toContain('alertId: must be 64 hexadecimal digits');
    expect(reason).toContain('verdict: ');
  });
});
