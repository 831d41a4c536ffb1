import { type PrecisionGroup, type Report } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import colors from 'picocolors';
import { formatDuration, formatShare, formatTable, printable } from './format.ts';
import { typedHere } from '../typed.ts';

/** Formats the report for people: each figure with its base, and with what it does not prove. */
export function formatReport(report: Report): string {
  return [
    describeScope(report),
    '',
    ...section(
      'Precision',
      'of alerts with a verdict, the share that was right',
      formatPrecision(report.precision, report.target),
    ),
    ...section('Recall', 'of all leaking posts, the share that raised an alert', formatRecall(report)),
    ...section(
      'Detection',
      'from publication to discovery, late discoveries included',
      formatDetection(report),
    ),
    ...section('Coverage', 'registered creators whom leakwatch hears', formatCoverageLine(report)),
    ...section('Response', 'from an alert to its acknowledgement', formatResponse(report)),
    ...section('Review', 'of posts drawn at random', formatReview(report)),
    ...describeReviewers(report),
  ].join('\n');
}

function section(title: string, meaning: string, body: string): string[] {
  return [`${colors.bold(title)}  ${colors.dim(meaning)}`, indent(body), ''];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function describeScope({ since, until, campaignId, madeAt }: Report): string {
  const period = [
    since === null ? null : `from ${formatMinute(since)}`,
    until === null ? null : `before ${formatMinute(until)}`,
  ].filter((part) => part !== null);
  const what = campaignId === null ? 'all campaigns' : `campaign ${printable(campaignId, 60)}`;
  const when = period.length === 0 ? 'all that is kept' : period.join(' ');
  return `${colors.bold('leakwatch report')}  ${what}, ${when}; made ${formatMinute(madeAt)}; intervals at 95 %`;
}

const GROUP_NAMES: Readonly<Record<PrecisionGroup['by'], string>> = {
  all: '',
  matcher: 'matcher ',
  tier: 'tier ',
  rule: 'rule ',
  campaign: 'campaign ',
};

function formatPrecision(groups: readonly PrecisionGroup[], target: number): string {
  return formatTable(
    ['alerts', 'precision', '95 % interval', 'n', 'unreviewed', `proven ≥ ${formatWhole(target)}`],
    groups.map(({ by, name, precision, interval, n, unreviewed, proven }) => [
      GROUP_NAMES[by] + printable(name, 32),
      formatMaybe(precision),
      formatInterval(interval),
      String(n),
      String(unreviewed),
      formatProof(proven),
    ]),
  );
}

function formatProof(proven: PrecisionGroup['proven']): string {
  if (proven === 'yes') return colors.green('yes');
  return proven === 'no' ? colors.red('no') : colors.yellow('not yet');
}

function formatMaybe(share: number | null): string {
  return share === null ? '–' : formatShare(share);
}

function formatWhole(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function formatInterval(interval: { low: number; high: number } | null): string {
  return interval === null ? '–' : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
}

/** Formats names in one column, their text in the next. */
function formatLines(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, said]) => `${name.padEnd(width)}  ${said}`).join('\n');
}

function formatRecall({ recall, target }: Report): string {
  const { estimate, interval, proven, caught, missed, drawn, reviewed, missesFound } = recall;
  const known =
    estimate === null
      ? 'not known: it needs verdicts on alerts and on drawn posts, and a leak among them'
      : `${formatShare(estimate)} (${formatInterval(interval)}); proven ≥ ${formatWhole(target)}: ${formatProof(proven)}`;
  const lines: [string, string][] = [
    ['estimate', known],
    ['drawn posts', `${reviewed} of ${drawn} reviewed, ${missesFound} of them leaks that no alert has`],
  ];
  if (caught !== null && missed !== null) {
    lines.push(['leaking posts', `about ${caught.toFixed(0)} in alerts, about ${missed.toFixed(0)} missed`]);
  }
  if (estimate !== null && missesFound === 0) {
    lines.push(['', 'no miss was found among the drawn posts: the low end allows for those not drawn']);
  }
  return formatLines(lines);
}

function formatDetection({ detection: { n, latencyMs, within4h } }: Report): string {
  return formatLines([
    ['leaks', `${n} confirmed or not judged yet`],
    ['latency', formatPercentiles(latencyMs)],
    ['within 4 h', formatCounted(within4h)],
  ]);
}

function formatPercentiles({ p50, p95, p99 }: Report['detection']['latencyMs']): string {
  const of = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  return `p50 ${of(p50)}, p95 ${of(p95)}, p99 ${of(p99)}`;
}

function formatCounted({ n, share, interval }: Report['agreement']): string {
  if (share === null) return 'not known: n = 0';
  return `${formatShare(share)} (${formatInterval(interval)}; n = ${n})`;
}

function formatCoverageLine({ coverage: { registered, fresh, stale, uncollectable } }: Report): string {
  const share = registered === 0 ? '' : ` (${formatShare(fresh / registered)})`;
  const rest = stale + uncollectable === 0 ? '' : `; list them: ${typedHere('coverage --stale')}`;
  return `${fresh} of ${registered}${share} fresh, ${stale} stale, ${uncollectable} uncollectable${rest}`;
}

function formatResponse({ response }: Report): string {
  return formatLines([
    ['in time', `${formatCounted(response.inTime)}; ${response.pending} more are not due yet`],
    ['first answer', formatPercentiles(response.answerMs)],
    ['resolution', formatPercentiles(response.resolutionMs)],
  ]);
}

function formatReview({ review: { waiting, minutes, minutesPerCreator }, agreement }: Report): string {
  const each = minutesPerCreator === null ? '' : `, ${minutesPerCreator.toFixed(2)} per registered creator`;
  return formatLines([
    ['waiting', String(waiting)],
    ['minutes', `${minutes.toFixed(0)}${each}`],
    ['agreement', `with the verdict on the alert: ${formatCounted(agreement)}`],
  ]);
}

function describeReviewers({ reviewers: { alerts, samples } }: Report): string[] {
  const judges = [alerts, samples];
  if (judges.every(({ sensitivity, specificity }) => sensitivity === 1 && specificity === 1)) {
    return [colors.dim('Verdicts are taken as the truth. The words are explained in docs/use/numbers.md')];
  }
  const describe = ({ sensitivity, specificity }: Report['reviewers']['alerts']) =>
    `${formatShare(sensitivity)} of the true ones and accept ${((1 - specificity) * 100).toFixed(2)} % of the false ones`;
  return [
    colors.dim(`Corrected for reviewers' errors: on alerts they recognise ${describe(alerts)},`),
    colors.dim(`and on drawn posts ${describe(samples)}. The words are explained in docs/use/numbers.md`),
  ];
}
