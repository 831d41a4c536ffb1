import {
  countLeakReports,
  decideReport,
  listLeakReports,
  receiveReport,
  type ReportDecision,
} from '@leakwatch/alerting/desk';
import {
  LeakReportRequestSchema,
  type LeakReportState,
  type ReporterClass,
  type ReviewVerdict,
} from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { formatReportCounts, formatReports } from '../screen/leak-reports.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

export interface ShowReportsOptions {
  readonly dataDir: string;
  readonly state?: LeakReportState;
  readonly limit: number;
  readonly details: boolean;
  readonly json: boolean;
}

/** Shows reports, and how many of each class of reporters were leaks. */
export async function showReports(options: ShowReportsOptions, screen: Screen): Promise<void> {
  const { state = null, limit, details, json } = options;
  const environment = await openEnvironment(options);
  try {
    const { pool } = environment.store;
    const reports = await listLeakReports(pool, { state, limit, alertId: null });
    if (json) {
      for (const report of reports) screen.result(JSON.stringify(report));
      return;
    }
    if (reports.length === 0) {
      screen.note('no reports');
      return;
    }
    screen.result(formatReports(reports, { details }));
    screen.note(`\n${formatReportCounts(await countLeakReports(pool))}`);
  } finally {
    await environment.stop();
  }
}

export interface NoteReportOptions {
  readonly dataDir: string;
  readonly link?: string[];
  readonly platform?: string;
  readonly instance?: string;
  readonly post?: string;
  readonly campaign?: string;
  readonly seen: string;
  readonly contact?: string;
  readonly class: ReporterClass;
  readonly by: string;
}

/** Takes a report as `POST /v1/reports` does. */
export async function noteReport(options: NoteReportOptions, screen: Screen): Promise<void> {
  if ((options.post === undefined) !== (options.platform === undefined)) {
    throw new UsageError('a post is named by --platform and --post together');
  }
  const environment = await openEnvironment(options);
  try {
    const request = LeakReportRequestSchema.parse({
      links: options.link ?? [],
      ...(options.post === undefined
        ? {}
        : { post: { platform: options.platform, instance: options.instance, id: options.post } }),
      campaignId: options.campaign,
      seen: options.seen,
      contact: options.contact,
    });
    const reporter = { name: options.by, class: options.class };
    const { id } = await receiveReport(environment.store.pool, request, { reporter, key: null });
    screen.result(`report ${id.slice(0, 8)}: waiting`);
    screen.note('alerting looks for its post: leakwatch reports list');
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

export interface DecideReportOptions {
  readonly dataDir: string;
  readonly dismiss?: string;
  readonly alert?: string;
  readonly verdict?: ReviewVerdict;
  readonly campaign?: string;
  readonly by: string;
}

export async function decideOnReport(
  id: string,
  options: DecideReportOptions,
  screen: Screen,
): Promise<void> {
  const decision = decisionOf(options);
  const environment = await openEnvironment(options);
  try {
    const decided = await decideReport(environment.store, { id, by: options.by, decision });
    screen.result(`report ${decided.id.slice(0, 8)}: ${describe(decision)}`);
    if (decision.kind === 'review' && decision.verdict === 'leak') {
      screen.problem('no alert has this leak; all such: leakwatch reports list --state reviewed');
    }
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

function decisionOf({ dismiss, alert, verdict, campaign }: DecideReportOptions): ReportDecision {
  if (dismiss !== undefined) return { kind: 'dismiss', reason: dismiss };
  if (alert !== undefined) return { kind: 'attach', alertId: alert };
  if (verdict === undefined) throw new UsageError('give --dismiss, --alert or --verdict');
  if (campaign !== undefined && verdict === 'innocent') {
    throw new UsageError('an innocent post is a leak of no campaign');
  }
  return { kind: 'review', verdict, campaignId: campaign ?? null };
}

function describe(decision: ReportDecision): string {
  switch (decision.kind) {
    case 'dismiss':
      return 'dismissed';
    case 'attach':
      return `attached to alert ${decision.alertId.slice(0, 8)}`;
    case 'review':
      return decision.verdict;
  }
}
