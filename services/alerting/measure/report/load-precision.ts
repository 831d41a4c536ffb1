import { type Judge } from '@leakwatch/estimates';
import { type Queryable } from '@leakwatch/store';
import { EVERYTHING, loadAlertOutcomes } from '../queries/load-alert-outcomes.ts';
import { overallPrecision, type Precision } from './measure-precision.ts';

/** The precision of all alerts so far, as a report without a scope shows it. */
export async function loadPrecision(db: Queryable, judge: Judge): Promise<Precision> {
  return overallPrecision(await loadAlertOutcomes(db, EVERYTHING), judge);
}
