import { describe, expect, it } from 'vitest';
import { type AlertOutcome } from '../../measure/queries/load-alert-outcomes.ts';
import { measureResponse } from '../../measure/report/measure-times.ts';

const OPENED = new Date('2026-11-01T00:00:00Z');
const after = (ms: number) => new Date(OPENED.getTime() + ms);

/** Alerts that were answered after 1, 2, 3 … milliseconds. */
function answered(count: number): AlertOutcome[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    tier: 1,
    matcher: 'text',
    ruleId: 'rule',
    campaignId: 'autumn',
    verdict: null,
    duplicate: false,
    leak: true,
    posts: 1,
    detectionLatencyMs: 0,
    openedAt: OPENED,
    answeredAt: after(index + 1),
    answerDueAt: after(1_000_000),
    resolvedAt: null,
  }));
}

const answerMs = (count: number) => measureResponse(answered(count), after(2_000_000)).answerMs;

describe('Percentiles', () => {
  it('are those of the nearest rank', () => {
    expect(answerMs(200)).toEqual({ p50: 100, p95: 190, p99: 198 });
  });

  it('are left out where they could only be the greatest value', () => {
    expect(answerMs(99)).toEqual({ p50: 50, p95: 95, p99: null });
    expect(answerMs(100)).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(answerMs(19)).toEqual({ p50: 10, p95: null, p99: null });
    expect(answerMs(20)).toEqual({ p50: 10, p95: 19, p99: null });
    expect(answerMs(0)).toEqual({ p50: null, p95: null, p99: null });
  });
});
