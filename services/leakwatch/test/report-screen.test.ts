import { ReportSchema, type Report } from '@leakwatch/contracts';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeCoverage, worstFirst } from '../screen/coverage.ts';
import { formatReport } from '../screen/report.ts';

const NOTHING = { p50: null, p95: null, p99: null };
const NONE_COUNTED = { n: 0, share: null, interval: null };

function reportOf(changes: Partial<Report> = {}): Report {
  return ReportSchema.parse({
    schemaVersion: 1,
    madeAt: '2026-11-20T09:00:00.000Z',
    since: null,
    until: null,
    campaignId: null,
    reviewers: { alerts: { sensitivity: 1, specificity: 1 }, samples: { sensitivity: 1, specificity: 1 } },
    target: 0.8,
    precision: [
      {
        by: 'all',
        name: 'all alerts',
        n: 50,
        right: 45,
        unreviewed: 7,
        precision: 0.9,
        interval: { low: 0.786, high: 0.957 },
        proven: 'not-yet',
      },
    ],
    recall: {
      estimate: null,
      interval: null,
      proven: 'not-yet',
      caught: null,
      missed: null,
      drawn: 12,
      reviewed: 0,
      missesFound: 0,
    },
    agreement: NONE_COUNTED,
    detection: { n: 0, latencyMs: NOTHING, within4h: NONE_COUNTED },
    coverage: { registered: 10, fresh: 8, stale: 1, uncollectable: 1 },
    response: { inTime: NONE_COUNTED, pending: 3, answerMs: NOTHING, resolutionMs: NOTHING },
    review: { waiting: 12, minutes: 0, minutesPerCreator: 0 },
    ...changes,
  });
}

const shown = (report: Report) => stripVTControlCharacters(formatReport(report));

describe('The report on a terminal', () => {
  it('shows a precision with its interval, n and what is unreviewed, and calls it not yet proven', () => {
    expect(shown(reportOf())).toMatch(/all alerts +90\.0 % +78\.6 % to 95\.7 % +50 +7 +not yet/);
  });

  it('says what it does not know, and why', () => {
    const text = shown(reportOf());
    expect(text).toContain('not known: it needs verdicts on alerts and on drawn posts');
    expect(text).toMatch(/within 4 h +not known: n = 0/);
    expect(text).toContain(
      '8 of 10 (80.0 %) fresh, 1 stale, 1 uncollectable; list them: leakwatch coverage --stale',
    );
  });

  it('warns that no miss found is no proof of none', () => {
    const recall = {
      estimate: 1,
      interval: { low: 0.4, high: 1 },
      proven: 'not-yet',
      caught: 50,
      missed: 0,
      drawn: 300,
      reviewed: 300,
      missesFound: 0,
    } as const;
    expect(shown(reportOf({ recall }))).toContain('no miss was found among the drawn');
  });

  it('says by which error rates it was corrected', () => {
    const reviewers = {
      alerts: { sensitivity: 0.97, specificity: 0.95 },
      samples: { sensitivity: 0.95, specificity: 0.9998 },
    };
    expect(shown(reportOf({ reviewers }))).toContain(
      '95.0 % of the true ones and accept 0.02 % of the false ones',
    );
  });
});

describe('Coverage on a terminal', () => {
  const of = (creatorId: string, state: 'fresh' | 'stale' | 'uncollectable') =>
    ({ creatorId, tier: 1, state, why: 'a reason', lastHeardAt: null, awaitsFirstPost: false }) as const;

  it('puts creators who are not heard first, and leaves none out', () => {
    const all = [of('a', 'fresh'), of('b', 'stale'), of('c', 'uncollectable'), of('d', 'fresh')];
    expect(worstFirst(all).map(({ creatorId }) => creatorId)).toEqual(['c', 'b', 'a', 'd']);
    expect(describeCoverage(all)).toContain(
      '2 of 4 registered creators are fresh (50.0 %), 1 stale, 1 uncollectable',
    );
  });
});
