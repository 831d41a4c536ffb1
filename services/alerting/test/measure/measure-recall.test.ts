import { FAULTLESS } from '@leakwatch/estimates';
import { describe, expect, it } from 'vitest';
import { type AlertOutcome } from '../../measure/queries/load-alert-outcomes.ts';
import { type SampleOutcome } from '../../measure/queries/load-sample-outcomes.ts';
import { measureRecall } from '../../measure/report/measure-recall.ts';

const AT = new Date('2026-11-20T08:00:00.000Z');

/** Recall is known only beside an alert with a verdict. */
const ALERT: AlertOutcome = {
  id: 'a',
  tier: 3,
  matcher: 'text',
  ruleId: 'r',
  campaignId: 'c',
  verdict: 'confirmed',
  duplicate: false,
  leak: true,
  posts: 1,
  detectionLatencyMs: 1000,
  openedAt: AT,
  answeredAt: null,
  answerDueAt: AT,
  resolvedAt: null,
};

function samples(count: number, given: Partial<SampleOutcome>): SampleOutcome[] {
  return Array.from({ length: count }, () => ({
    probability: 0.5,
    verdict: null,
    campaignId: null,
    minutes: null,
    publishedAt: AT,
    reviewedAt: null,
    alerted: false,
    alertVerdict: null,
    inRankedHalf: false,
    shownByNearness: false,
    ...given,
  }));
}

const measure = (...groups: SampleOutcome[][]) =>
  measureRecall([ALERT], groups.flat(), {
    reviewers: { alerts: FAULTLESS, samples: FAULTLESS },
    target: 0.8,
    campaignId: null,
  });

const DRAWN_HALF = [samples(9, { verdict: 'innocent' }), samples(1, { verdict: 'leak' })];
const NEAREST = samples(10, { verdict: 'leak', inRankedHalf: true, shownByNearness: true });
const WAITING = [samples(90, {}), samples(90, { inRankedHalf: true })];

describe('Missed leaks', () => {
  it('are estimated from the half in drawn order while nearness chose among those that wait', () => {
    // One in ten of 200 drawn posts, each of which stands for two.
    const recall = measure(...DRAWN_HALF, NEAREST, ...WAITING);
    expect(recall.missed).toBeCloseTo(40, 9);
    expect(recall).toMatchObject({ missesFound: 11, reviewed: 20, drawn: 200 });
  });

  it('are estimated from both halves if nearness chose none', () => {
    const other = samples(10, { verdict: 'leak', inRankedHalf: true });
    expect(measure(...DRAWN_HALF, other, ...WAITING).missed).toBeCloseTo(220, 9);
  });

  it('are counted in both halves once all are answered', () => {
    expect(measure(...DRAWN_HALF, NEAREST).missed).toBeCloseTo(22, 9);
  });
});
