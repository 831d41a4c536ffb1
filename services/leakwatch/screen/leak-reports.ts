import { type LeakReport, type LeakReportCount } from '@leakwatch/alerting/desk';
import colors from 'picocolors';
import { formatTable, printable } from './format.ts';

const SHORT_ID = 8;

/** A table; what could tell of a creator only with `details`. */
export function formatReports(reports: readonly LeakReport[], { details }: { details: boolean }): string {
  const head = [
    'id',
    'received',
    'class',
    'reporter',
    'state',
    'alert',
    ...(details ? ['post', 'seen'] : []),
  ];
  return formatTable(
    head,
    reports.map((report) => [
      report.id.slice(0, SHORT_ID),
      minute(report.receivedAt),
      report.reporterClass,
      printable(report.reporter, 24),
      report.verdict === null ? report.state : `${report.state}: ${report.verdict}`,
      report.alertId?.slice(0, SHORT_ID) ?? '',
      ...(details ? [printable(namesOf(report).join(' '), 80), printable(report.seen, 60)] : []),
    ]),
  );
}

/** `peer: 3 reports, 1 of 2 judged were leaks` */
export function formatReportCounts(counts: readonly LeakReportCount[]): string {
  return counts
    .map(({ reporterClass, reports, judged, leaks }) => {
      const share = judged === 0 ? 'none judged' : `${leaks} of ${judged} judged were leaks`;
      return `${reporterClass}: ${reports} ${reports === 1 ? 'report' : 'reports'}, ${share}`;
    })
    .join(' · ');
}

/** One report with all that a reviewer has to look at. */
export function formatLeakReport(report: LeakReport): string {
  const heard = report.postKnown === true ? 'heard, and no alert has it' : 'not known to have been heard';
  return [
    `${colors.bold(`report ${report.id.slice(0, SHORT_ID)}`)}  by ${report.reporterClass}, ${minute(report.receivedAt)}`,
    ...namesOf(report).map((name) => `post       ${printable(name, 200)}`),
    `           ${heard}`,
    ...(report.campaignId === null ? [] : [`campaign   ${printable(report.campaignId, 80)}`]),
    ...(report.contact === null ? [] : [`contact    ${printable(report.contact, 200)}`]),
    ...(report.seen === ''
      ? []
      : ['', ...report.seen.split('\n').map((line) => `  ${printable(line, 2000)}`)]),
  ].join('\n');
}

function namesOf({ links, platform, instance, nativeId }: LeakReport): string[] {
  if (nativeId === null) return links;
  return [...links, [platform, instance, nativeId].filter((part) => part !== null).join(' ')];
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
