import { type RescanRequest } from '@leakwatch/contracts';
import { type RescanFinding, type RescanJob, type RescanProgress } from '@leakwatch/rescan';
import { formatDuration, formatShare, formatTable, printable } from './format.ts';

/** `12,000 of 48,000 (25.0 %)`. */
export function describeProgress({ done, total }: RescanProgress): string {
  const share = total === 0 ? 1 : done / total;
  return `${done.toLocaleString('en')} of ${total.toLocaleString('en')} (${formatShare(share)})`;
}

/** Describes a request's filters in a few words. */
export function describeRequest(request: RescanRequest): string {
  const parts = [
    request.items === undefined ? null : `${request.items.length} items`,
    request.campaigns === undefined ? null : `campaigns ${request.campaigns.join(', ')}`,
    request.creators === undefined ? null : `creators ${request.creators.join(', ')}`,
    request.platforms === undefined ? null : `on ${request.platforms.join(', ')}`,
    request.lanes === undefined ? null : `lane ${request.lanes.join(', ')}`,
    request.since === undefined ? null : `since ${request.since}`,
    request.until === undefined ? null : `until ${request.until}`,
    request.sinceVersion === undefined ? null : `scanned before ${request.sinceVersion}`,
    request.minConfidence === 0 ? null : `confidence ${request.minConfidence} or more`,
    request.dryRun ? 'dry run' : null,
  ].filter((part) => part !== null);
  return printable(parts.length === 0 ? 'everything' : parts.join('; '), 60);
}

/** Formats a job's summary for an analyst. */
export function describeResult(job: RescanJob): string {
  const { progress } = job;
  const { findings } = progress;
  const rate = rateOf(job);
  const lines = [
    `re-scan ${job.id}: ${job.state}${job.error === null ? '' : `, ${job.error}`}`,
    `  asked by       ${printable(job.requestedBy, 60)} (${job.cause}), ${job.createdAt.toISOString()}`,
    `  what           ${describeRequest(job.request)}`,
    `  watch list     ${job.watchListVersion === null ? 'not started' : `version ${job.watchListVersion}`}`,
    `  fingerprints   ${describeProgress(progress)}${rate}`,
    `  looked at      ${progress.examined.toLocaleString('en')}, ${progress.unreadable.toLocaleString('en')} of them unreadable`,
    `  found          ${findings.new} new, ${findings.suppressed} suppressed before, ${findings.known} in alerts already`,
  ];
  if (job.request.sinceVersion !== undefined) {
    lines.push(`  against before ${findings.new} would be added, ${findings.removed} removed`);
  }
  if (job.request.dryRun) lines.push('  dry run        no alert was raised');
  return lines.join('\n');
}

function rateOf({ state, startedAt, finishedAt, progress }: RescanJob): string {
  if (startedAt === null || progress.done === 0) return '';
  const seconds = Math.max(0.001, ((finishedAt ?? new Date()).getTime() - startedAt.getTime()) / 1000);
  const rate = progress.done / seconds;
  const left =
    state === 'running' ? `, ${formatDuration(((progress.total - progress.done) / rate) * 1000)} left` : '';
  return `, ${Math.round(rate).toLocaleString('en')} a second${left}`;
}

/** Formats findings in the order of their posts. */
export function formatFindings(findings: readonly RescanFinding[]): string {
  return formatTable(
    ['standing', 'published', 'platform', 'post', 'creator', 'campaign', 'what matched', 'confidence'],
    findings.map(({ standing, detection: { post, evidence } }) => [
      standing,
      post.publishedAt,
      printable(post.platform, 16),
      printable(post.nativeId, 24),
      printable(post.creatorId, 24),
      printable(evidence.campaignId, 20),
      evidence.kind === 'term'
        ? `“${printable(evidence.matched, 26)}”`
        : `picture of ${printable(evidence.itemId, 20)}`,
      evidence.confidence.toFixed(2),
    ]),
  );
}
