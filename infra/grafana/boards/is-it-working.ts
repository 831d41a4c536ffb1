import { board, figure, graph } from '../panels.ts';

/** One screen: would we find a leak now, and would somebody hear of it? */
export function isItWorking() {
  return board({
    uid: 'leakwatch-is-it-working',
    title: 'leakwatch: is it working',
    description:
      'One screen: would we find a leak now, and would somebody hear of it? Green from left to right is yes.',
    from: 'now-6h',
  })
    .withPanel(
      figure({
        title: 'Pages that fire',
        description: 'Alerts of Prometheus that somebody is needed for now. Each has a runbook.',
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
          'A synthetic leak goes the whole way each minute. It is what tells "no leaks" from "not working".',
        queries: [{ expr: 'lane:leakwatch_canary_age:seconds', legend: '{{lane}}' }],
        unit: 's',
        width: 4,
        limits: { yellow: 180, red: 420 },
      }),
    )
    .withPanel(
      figure({
        title: 'Last sign of a stage',
        description: 'Each stage gives one every few seconds, with work or without.',
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
        title: 'Creators heard',
        description:
          'Of those that running campaigns have registered, who has been heard as lately as their tier asks.',
        queries: [{ expr: 'leakwatch:creators_fresh:ratio' }],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.98, red: 0.9 },
      }),
    )
    .withPanel(
      figure({
        title: 'Found within four hours, 30 days',
        description: 'Of the leaks that were found. Promised: 99 %.',
        queries: [{ expr: '1 - leakwatch:detections_late:ratio30d' }],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.995, red: 0.99 },
      }),
    )
    .withPanel(
      figure({
        title: 'Time to work off what waits',
        description: 'What a consumer has not done yet, at the rate of the last ten minutes.',
        queries: [{ expr: 'group:leakwatch_drain_time:seconds', legend: '{{group}}' }],
        unit: 's',
        width: 8,
        limits: { yellow: 300, red: 1800 },
      }),
    )
    .withPanel(
      figure({
        title: 'Dead letters',
        description:
          'Records that could not be processed and have not been replayed: leakwatch dead-letters list',
        queries: [{ expr: 'sum(max by (stage) (leakwatch_dead_letter_depth)) or vector(0)' }],
        unit: 'short',
        width: 4,
        limits: { yellow: 1, red: 1000 },
      }),
    )
    .withPanel(
      figure({
        title: 'Oldest critical alert that nobody took',
        description: 'Since it was opened. Nothing here is good news.',
        queries: [
          {
            expr: 'time() - min(leakwatch_oldest_unacked_alert_timestamp_seconds{severity="critical"})',
          },
        ],
        unit: 's',
        width: 4,
        limits: { yellow: 300, red: 900 },
      }),
    )
    .withPanel(
      figure({
        title: 'Notices that fail',
        description: 'Share of the attempts of a quarter of an hour.',
        queries: [{ expr: 'channel:leakwatch_notifications_failed:ratio15m', legend: '{{channel}}' }],
        unit: 'percentunit',
        width: 4,
        limits: { yellow: 0.01, red: 0.05 },
      }),
    )
    .withPanel(
      figure({
        title: 'Watch list',
        description: 'How long the lane has been matching against a list that is not the newest.',
        queries: [{ expr: 'max by (lane) (leakwatch_watchlist_behind_seconds)', legend: '{{lane}}' }],
        unit: 's',
        width: 4,
        limits: { yellow: 30, red: 300 },
      }),
    )
    .withPanel(
      graph({
        title: 'Posts taken in',
        description: 'By platform. The canary is not counted: it would hide that nothing else comes.',
        queries: [
          { expr: 'sum by (platform) (rate(leakwatch_posts_ingested_total[5m]))', legend: '{{platform}}' },
        ],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Canary, from end to end',
        description: 'How long a synthetic leak takes to become an alert; the slowest of a hundred.',
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
        title: 'Alerts opened',
        description: 'By severity, an hour.',
        queries: [
          {
            expr: 'sum by (severity) (increase(leakwatch_alerts_created_total[1h]))',
            legend: '{{severity}}',
          },
        ],
        unit: 'short',
        width: 8,
      }),
    );
}
