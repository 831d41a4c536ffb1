/** Makes the report from rows: no I/O and no clock. docs/use/numbers.md explains every figure. */
import { type CreatorCoverage, type Report } from '@leakwatch/contracts';
import { countCoverage } from '../coverage/count-coverage.ts';
import { type AlertOutcome, type ReportScope } from '../queries/load-alert-outcomes.ts';
import { type SampleOutcome } from '../queries/load-sample-outcomes.ts';
import { measurePrecision, type Standard } from './measure-precision.ts';
import { measureRecall } from './measure-recall.ts';
import { countShare, measureDetection, measureResponse } from './measure-times.ts';

export interface ReportInput extends Standard {
  readonly scope: ReportScope;
  readonly at: Date;
  readonly alerts: readonly AlertOutcome[];
  readonly samples: readonly SampleOutcome[];
  readonly coverage: readonly CreatorCoverage[];
}

export function makeReport(input: ReportInput): Report {
  const { scope, at, alerts, samples, coverage, reviewers, target } = input;
  const { campaignId } = scope;
  const leaks = alerts.filter(({ leak }) => leak);
  const missed = samples.filter(
    (sample) =>
      sample.verdict === 'leak' &&
      !sample.alerted &&
      (campaignId === null || sample.campaignId === campaignId),
  );
  const judgedTwice = samples.filter(
    ({ verdict, alertVerdict }) => verdict !== null && alertVerdict !== null,
  );
  const minutes = samples.reduce((sum, sample) => sum + (sample.minutes ?? 0), 0);
  return {
    schemaVersion: 1,
    madeAt: at.toISOString(),
    since: scope.since?.toISOString() ?? null,
    until: scope.until?.toISOString() ?? null,
    campaignId,
    reviewers,
    target,
    precision: measurePrecision(alerts, { reviewers, target }),
    recall: measureRecall(leaks, samples, { reviewers, target, campaignId }),
    agreement: countShare(
      judgedTwice,
      ({ verdict, alertVerdict }) => (verdict === 'leak') === (alertVerdict === 'confirmed'),
    ),
    detection: measureDetection(leaks, missed),
    coverage: countCoverage(coverage),
    response: measureResponse(alerts, at),
    review: {
      waiting: samples.filter(({ verdict }) => verdict === null).length,
      minutes,
      minutesPerCreator: coverage.length === 0 ? null : minutes / coverage.length,
    },
  };
}
