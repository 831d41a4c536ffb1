import { type Report } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { loadCoverage, type CoverageOptions } from '../coverage/load-coverage.ts';
import { loadAlertOutcomes, type ReportScope } from '../queries/load-alert-outcomes.ts';
import { loadSampleOutcomes } from '../queries/load-sample-outcomes.ts';
import { makeReport } from './make-report.ts';
import { type Standard } from './measure-precision.ts';

export interface ReportOptions extends CoverageOptions, Standard {
  readonly scope: ReportScope;
}

/** Measures how good the detection is, from the tables as they are now. */
export async function loadReport(db: Queryable, options: ReportOptions): Promise<Report> {
  const [alerts, samples, coverage] = await Promise.all([
    loadAlertOutcomes(db, options.scope),
    loadSampleOutcomes(db, options.scope),
    loadCoverage(db, options),
  ]);
  return makeReport({ ...options, alerts, samples, coverage });
}
