import { type ReviewVerdict } from '@leakwatch/contracts';
import { type Queryable, type Store } from '@leakwatch/store';
import { z } from 'zod';
import { AlertError, findAlert } from '../find-alert.ts';
import { decideLeakReport } from '../queries/leak-report-decide.ts';
import { lockLeakReportsByPrefix } from '../queries/leak-report-list.ts';
import { type LeakReport } from '../queries/leak-report-row.ts';
import { attach } from './settle-reports.ts';

/** A person's decision about a report. */
export type ReportDecision =
  | { readonly kind: 'dismiss'; readonly reason: string }
  /** The id may be a prefix. */
  | { readonly kind: 'attach'; readonly alertId: string }
  | { readonly kind: 'review'; readonly verdict: ReviewVerdict; readonly campaignId: string | null };

export interface DecidedReport {
  readonly id: string;
  readonly decision: ReportDecision;
}

const PersonSchema = z.string().trim().min(1).max(200);
const ReasonSchema = z.string().trim().min(1, 'to dismiss a report takes a reason').max(2000);

/**
 * Writes a person's decision about a report; a later one replaces an earlier one.
 *
 * @param id - the whole id, or 6 or more of its first digits that no other report has
 * @throws AlertError if there is no such report or alert; ZodError if a name or a reason is empty or too long
 */
export async function decideReport(
  store: Pick<Store, 'pool' | 'transaction'>,
  { id, by, decision }: { id: string; by: string; decision: ReportDecision },
  clock: () => Date = () => new Date(),
): Promise<DecidedReport> {
  const person = PersonSchema.parse(by);
  const at = clock();
  if (decision.kind === 'attach') {
    const alert = await findAlert(store, decision.alertId);
    return store.transaction(async (tx) => {
      const report = await findReport(tx, id);
      await attach(tx, report, { alert, by: person, at });
      return { id: report.id, decision };
    });
  }
  const made =
    decision.kind === 'dismiss'
      ? { state: 'dismissed' as const, reason: ReasonSchema.parse(decision.reason) }
      : { state: 'reviewed' as const, verdict: decision.verdict, campaignId: decision.campaignId };
  return store.transaction(async (tx) => {
    const report = await findReport(tx, id);
    await decideLeakReport(tx, { id: report.id, by: person, at, decision: made });
    return { id: report.id, decision };
  });
}

async function findReport(tx: Queryable, id: string): Promise<LeakReport> {
  const prefix = id.toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) {
    throw new AlertError('bad-id', `\`${id}\` is no report's id: 6 to 64 hexadecimal digits`);
  }
  const [report, another] = await lockLeakReportsByPrefix(tx, prefix);
  if (report === undefined) throw new AlertError('unknown-report', `no report's id begins with ${prefix}`);
  if (another === undefined) return report;
  throw new AlertError(
    'ambiguous-id',
    `more than one report's id begins with ${prefix}: give more of its digits`,
  );
}
