import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { SilentCounter, SilentHistogram } from './silent-metrics.ts';

/** Seconds; ends at a day, with an exact edge at the four hours that brands promise each other. */
const DETECTION_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 43200, 86400];
const PIPELINE_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** Seconds; the edges at 15 minutes and four hours are what on-call staff and brands are promised. */
const RESPONSE_BUCKETS = [60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 259200];
const STAGE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Gauges of Node that end like counters, against Prometheus' rules; the same by type, without the ending, stay. */
const MISNAMED = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`);

/**
 * Every metric of leakwatch. No label ever holds a creator, a campaign, a term or an asset: the watch list is the
 * secret, and the number of series must not grow with it.
 *
 * @param options.counts - false: counters and histograms count nothing (gauges, which readiness goes by, stay)
 */
export function createMetrics(options: { processMetrics?: boolean; counts?: boolean } = {}) {
  const CounterClass = options.counts === false ? SilentCounter : Counter;
  const HistogramClass = options.counts === false ? SilentHistogram : Histogram;
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics !== false) {
    collectDefaultMetrics({ register: registry });
    for (const name of MISNAMED) registry.removeSingleMetric(name);
  }
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new CounterClass({ name: `leakwatch_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `leakwatch_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: number[],
  ) =>
    new HistogramClass({ name: `leakwatch_${name}`, help, labelNames: [...labelNames], buckets, registers });

  return {
    registry,
    postsIngested: counter('posts_ingested_total', 'Posts published to the log.', ['platform']),
    polls: counter('polls_total', 'Polls of accounts, by platform and outcome.', ['platform', 'outcome']),
    postsDropped: counter('posts_dropped_total', 'Posts not published, by reason.', ['reason']),
    postsScanned: counter('posts_scanned_total', 'Posts scanned, by lane and outcome.', ['lane', 'outcome']),
    imagesSeenInPart: counter(
      'images_seen_in_part_total',
      'Images of which a part was not looked at: damage (partial), or frames left out (unseen).',
      ['kind'],
    ),
    stageFailures: counter('stage_failures_total', 'Failed attempts of a stage.', ['stage', 'reason']),
    deadLetters: counter('dead_letters_total', 'Records sent to the dead letters.', ['stage', 'reason']),
    alertsCreated: counter('alerts_created_total', 'Alerts opened.', ['tier', 'severity']),
    detectionsSuppressed: counter(
      'detections_suppressed_total',
      'Detections that raised no alert, by reason.',
      ['reason'],
    ),
    ruleMatches: counter('rule_matches_total', 'Detections that a rule matched, shadow rules included.', [
      'rule',
      'status',
    ]),
    verdicts: counter('verdicts_total', "Analysts' verdicts.", ['tier', 'matcher', 'verdict']),
    tips: counter('tips_total', 'Tips that people sent, by class of sender and outcome.', [
      'class',
      'outcome',
    ]),
    notifications: counter('notifications_total', 'Notifications sent, by outcome.', ['channel', 'outcome']),
    detectionLatency: histogram(
      'detection_latency_seconds',
      'From a post being published to its alert.',
      ['tier', 'platform'],
      DETECTION_BUCKETS,
    ),
    pipelineLatency: histogram(
      'pipeline_latency_seconds',
      'From a post being ingested to its alert.',
      ['lane'],
      PIPELINE_BUCKETS,
    ),
    stageDuration: histogram(
      'stage_duration_seconds',
      'Time that a stage spent on one batch.',
      ['stage'],
      STAGE_BUCKETS,
    ),
    alertResponse: histogram(
      'alert_response_seconds',
      'From an alert being opened to the first time that someone took it up.',
      ['tier', 'severity'],
      RESPONSE_BUCKETS,
    ),
    oldestUnackedAlert: gauge(
      'oldest_unacked_alert_timestamp_seconds',
      'Opening time of the oldest alert without an acknowledgement; absent if there is none.',
      ['severity'],
    ),
    unackedAlertDue: gauge(
      'unacked_alert_due_timestamp_seconds',
      'Nearest deadline among alerts without an acknowledgement; absent if there is none.',
      ['severity'],
    ),
    noticesFailing: gauge('notices_failing', 'Notices that were tried, and wait for their next attempt.', [
      'channel',
    ]),
    gaugesUnread: gauge(
      'gauges_unread',
      '1 if gauges could not be read from the database and the log just now; 0 otherwise.',
      [],
    ),
    creatorsExpected: gauge('creators_expected', 'Creators that the watch list has registered.', ['tier']),
    creatorsFresh: gauge(
      'creators_fresh',
      'Creators expected whose accounts were all heard from lately enough.',
      ['tier'],
    ),
    canarySent: counter('canary_sent_total', 'Synthetic posts sent, by the lane that must find them.', [
      'lane',
    ]),
    canaryLost: counter('canary_lost_total', 'Synthetic posts that became no alert in time.', ['lane']),
    canaryLatency: histogram(
      'canary_latency_seconds',
      'From a synthetic post being sent to its alert in the log.',
      ['lane'],
      PIPELINE_BUCKETS,
    ),
    canaryLastSuccess: gauge(
      'canary_last_success_timestamp_seconds',
      'When a synthetic post last became an alert.',
      ['lane'],
    ),
    canaryWaiting: gauge(
      'canary_waiting_seconds',
      'Since the oldest synthetic post was sent that is neither an alert nor given up; 0 where there is none.',
      ['lane'],
    ),
    postponedRecords: gauge(
      'postponed_records',
      'Records put off: a host of pictures is slow, or an author has had its time.',
      ['stage'],
    ),
    postponedOldest: gauge('postponed_oldest_seconds', 'Since the oldest of them was put off.', ['stage']),
    heartbeat: gauge('heartbeat_timestamp_seconds', 'When a stage last went round its loop.', ['stage']),
    watchListVersion: gauge('watchlist_version', 'Version of the watch list that a lane matches against.', [
      'lane',
    ]),
    watchListAge: gauge(
      'watchlist_age_seconds',
      'Since the version that a lane matches against was imported.',
      ['lane'],
    ),
    watchListBehind: gauge(
      'watchlist_behind_seconds',
      'Since a newer version was imported than the one a lane matches against; 0 where there is none.',
      ['lane'],
    ),
    deadLetterDepth: gauge('dead_letter_depth', 'Dead letters not replayed.', ['stage']),
    alertsOpen: gauge('alerts_open', 'Alerts by tier, severity and state.', ['tier', 'severity', 'state']),
    rescanRecords: counter('rescan_fingerprints_total', 'Stored fingerprints that re-scans have read.', []),
    rescanDetections: counter('rescan_detections_total', 'Detections that re-scans have published.', []),
    rescanLastSuccess: gauge(
      'rescan_last_success_timestamp_seconds',
      'When a re-scan last ended with everything read.',
      [],
    ),
    rescanInterval: gauge(
      'rescan_interval_seconds',
      'How often the schedule starts a re-scan; absent without a schedule.',
      [],
    ),
    rescanShare: gauge('rescan_share', 'Share of one processor that re-scans may take now.', []),
    rescanJobs: gauge('rescan_jobs', 'Re-scans by state.', ['state']),
    rescanLeft: gauge(
      'rescan_fingerprints_left',
      'Fingerprints that re-scans under way have yet to read.',
      [],
    ),
    clockHeld: gauge(
      'clock_held_seconds',
      "A jump of the machine's clock that is held back; 0 without one.",
      [],
    ),
    diskFree: gauge('disk_free_bytes', 'Room left on a disk, by a folder on it.', ['disk']),
    diskSize: gauge('disk_size_bytes', 'Size of a disk, by a folder on it.', ['disk']),
    consumerLag: gauge('consumer_lag_records', 'Records that a group has not committed.', ['group']),
    buildInfo: gauge('build_info', 'Always 1; its labels say what runs.', ['version', 'node', 'commit']),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
