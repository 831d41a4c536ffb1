import { board, figure, graph } from '../panels.ts';

/** One screen: would we find a leak now, and would somebody be told? */
export function isItWorking() {
  return board({
    uid: 'leakwatch-is-it-working',
    title: 'leakwatch: is it working',
    description:
      'One screen: would we find a leak now, and would somebody be told? Yes, if everything is green.',
    from: 'now-6h',
  })
    .withPanel(
      figure({
        title: 'Firing pages',
        description: 'Prometheus alerts that need somebody now. Each has a runbook.',
        queries: [{ expr: 'count(ALERTS{severity="page", alertstate="firing"}) or vector(0)' }],
        unit: 'short',
        width: 4,
        limits: { red: 1 },
      }),
    )
    .withPanel(
      figure({
        title: 'Last canary',
        description:
          'Each minute a synthetic leak goes the whole way. It tells "no leaks" from "not working".',
        queries: [{ expr: 'lane:leakwatch_canary_age:seconds', legend: '{{lane}}' }],
        unit: 's',
        width: 4,
        limits: { yellow: 180, red: 420 },
      }),
    )
    .withPanel(
      figure({
        title: 'Last heartbeat of a stage',
        description: 'Each stage beats every few seconds, with or without work.',
        queries: [
          {
            expr: 'stage:leakwatch_heartbeat_age:seconds{stage=~"ingest|matcher-text|matcher-image|alerting|outbox"}',
            legend: '{{stage}}',
          },
        ],
        unit: 's',
        width: 8,
        limits: { yellow: 60, red: 300 },
      }),
    )
    .withPanel(
      figure({
        title: 'Creators heard from',
        description: 'Share of running campaigns’ creators whose posts came in as lately as their tier asks.',
        queries: [{ expr: 'leakwatch:creators_fresh:ratio' }],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.98, red: 0.9 },
      }),
    )
    .withPanel(
      figure({
        title: 'Found within four hours, 30 days',
        description: 'Share of the leaks found. The promise is 99 %.',
        queries: [{ expr: '1 - leakwatch:detections_late:ratio30d' }],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.995, red: 0.99 },
      }),
    )
    .withPanel(
      figure({
        title: 'Time to clear the backlog',
        description: 'A consumer’s waiting records, at its rate of the last ten minutes.',
        queries: [{ expr: 'group:leakwatch_drain_time:seconds', legend: '{{group}}' }],
        unit: 's',
        width: 8,
        limits: { yellow: 300, red: 1800 },
      }),
    )
    .withPanel(
      figure({
        title: 'Dead letters',
        description: 'Records that could not be processed and were not replayed: leakwatch dead-letters list',
        queries: [{ expr: 'sum(max by (stage) (leakwatch_dead_letter_depth)) or vector(0)' }],
        unit: 'short',
        width: 4,
        limits: { yellow: 1, red: 1000 },
      }),
    )
    .withPanel(
      figure({
        title: 'Critical alert past its deadline',
        description: 'How long it has waited since its tier wanted an acknowledgement. 0: none is late.',
        queries: [
          {
            expr: 'clamp_min(time() - min(leakwatch_unacked_alert_due_timestamp_seconds{severity="critical"}), 0) or vector(0)',
          },
        ],
        unit: 's',
        width: 4,
        limits: { red: 1 },
      }),
    )
    .withPanel(
      figure({
        title: 'Failing notices',
        description: 'Share of the attempts in 15 minutes.',
        queries: [
          { expr: 'channel:leakwatch_notifications_failed:ratio15m', legend: '{{channel}}', orZero: true },
        ],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.01, red: 0.05 },
      }),
    )
    .withPanel(
      figure({
        title: 'Watch list',
        description: 'How long the lane has been using an old list.',
        queries: [{ expr: 'max by (lane) (leakwatch_watchlist_behind_seconds)', legend: '{{lane}}' }],
        unit: 's',
        width: 4,
        limits: { yellow: 30, red: 300 },
      }),
    )
    .withPanel(
      graph({
        title: 'Posts taken in',
        description: 'By platform, without the canary, which would hide that nothing else comes.',
        queries: [
          {
            expr: 'sum by (platform) (rate(leakwatch_posts_ingested_total[5m]))',
            legend: '{{platform}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Canary, end to end',
        description: 'Time of a synthetic leak to its alert, 99th percentile.',
        queries: [
          {
            expr: 'histogram_quantile(0.99, sum by (le, lane) (rate(leakwatch_canary_latency_seconds_bucket[15m])))',
            legend: '{{lane}}',
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Alerts opened per hour',
        description: 'By severity.',
        queries: [
          {
            expr: 'sum by (severity) (increase(leakwatch_alerts_created_total[1h]))',
            legend: '{{severity}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 8,
      }),
    );
}
