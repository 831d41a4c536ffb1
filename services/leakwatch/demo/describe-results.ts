import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Alert } from '@leakwatch/contracts';
import { type IngestSummary } from '@leakwatch/ingest';
import colors from 'picocolors';
import { formatDuration, formatShare } from '../screen/format.ts';
import { typed } from '../typed.ts';
import { fixturesFolder } from './fixture-truth.ts';
import { percentile } from './percentile.ts';
import { type ExpectedLeak, type Score } from './score-alerts.ts';

export interface DemoResults {
  readonly replay: { readonly posts: number; readonly ms: number; readonly summary: IngestSummary };
  /** One of each platform that the demo polls. */
  readonly heard: readonly IngestSummary[];
  readonly burst: { readonly posts: number; readonly ms: number };
  readonly alerts: readonly Alert[];
  readonly score: Score;
  readonly dataDir: string;
}

/** Prints the figures under the demo's table, and the next commands to try. */
export function describeResults({ replay, heard, burst, alerts, score, dataDir }: DemoResults): string[] {
  const latencies = alerts.map((alert) => alert.detectionLatencyMs);
  const occurrences = alerts.reduce((sum, alert) => sum + alert.occurrences.length, 0);
  const { summary } = replay;
  const dropped = summary.duplicates + summary.olderRevisions;
  const first = alerts[0]?.id.slice(0, 8) ?? 'ID';
  const heading = (text: string) => colors.bold(text.padEnd(20));
  return [
    `${heading('posts')}${summary.published} taken in, ${dropped} duplicates and older revisions dropped, ${summary.deadLetters} dead letters`,
    `${heading('feed')}${heard.reduce((sum, { published }) => sum + published, 0)} entries heard of a feed, polled each second${describeFeedAlert(alerts)}`,
    `${heading('alerts')}${alerts.length}, of ${occurrences} detections`,
    `${heading('posts/s')}${Math.round((burst.posts / burst.ms) * 1000).toLocaleString('en')} through everything (${burst.posts.toLocaleString('en')} texts at once)`,
    latencies.length === 0
      ? `${heading('detection latency')}no alert`
      : `${heading('detection latency')}p50 ${formatDuration(percentile(latencies, 50))}, p99 ${formatDuration(percentile(latencies, 99))} (published → alert, n = ${latencies.length})`,
    `${heading('precision')}${describeShare(score.precision)}: ${score.truePairs} of ${score.truePairs + score.falsePairs.length} (post, campaign) pairs in alerts are leaks`,
    `${heading('recall')}${describeShare(score.recall)}: ${score.truePairs} of ${score.truePairs + score.missedPairs.length} labelled leaks are in an alert`,
    ...listPairs('false', score.falsePairs),
    ...listPairs('missed', score.missedPairs),
    '',
    'Try next:',
    `  ${typed('demo --serve')}    # the same, and then its console in a browser`,
    `  ${typed('alerts', '--data-dir', dataDir)}`,
    `  ${typed(`verdict ${first} confirmed --reason "it is one"`, '--data-dir', dataDir)}`,
    `  ${typed('up --source mock --details')}`,
    `  ${typed('scan', '--watchlist', recorded('watchlist.yaml'), '--posts', recorded('posts.jsonl'), '--media', recorded('images/posts'))}`,
  ];
}

/** The path of a fixture from where the demo was called: the checkout's own, or the one beside the command. */
function recorded(name: string): string {
  const own = path.join('fixtures', name);
  if (existsSync(own)) return own;
  // A checkout's bundle is built anew with each change, and links to the fixtures, which stay.
  return path.relative(process.cwd(), realpathSync(path.join(fixturesFolder(), name)));
}

/** The alert of the feed's newest entry, which was published during the demo. */
function describeFeedAlert(alerts: readonly Alert[]): string {
  const alert = alerts.find(({ occurrences }) => occurrences[0]?.detection.post.platform === 'feed');
  return alert === undefined
    ? ''
    : `; its leak was an alert ${formatDuration(alert.detectionLatencyMs)} after it was published`;
}

function describeShare(share: number | null): string {
  return share === null ? 'none' : formatShare(share);
}

function listPairs(what: string, pairs: readonly ExpectedLeak[]): string[] {
  if (pairs.length === 0) return [];
  return [colors.dim(`  ${what}: ${pairs.map((pair) => `${pair.postId} (${pair.campaignId})`).join(', ')}`)];
}
