import { board, figure, graph, row } from '../panels.ts';

/** From detection to people, and the promise of four hours. */
export function alerting() {
  return board({
    uid: 'leakwatch-alerting',
    title: 'leakwatch: alerting and the promise',
    description: 'From detection to people: how late, how many wait, which notices arrive.',
    from: 'now-7d',
  })
    .withRow(row('99 % within four hours, over 30 days'))
    .withPanel(
      figure({
        title: 'Found in time',
        description: 'Share of the leaks found in 30 days.',
        queries: [{ expr: '1 - leakwatch:detections_late:ratio30d' }],
        unit: 'percentunit',
        width: 5,
        height: 8,
        limits: { yellow: 0.995, red: 0.99 },
      }),
    )
    .withPanel(
      figure({
        title: 'Budget left',
        description: 'Share of the 1 % that may be late.',
        queries: [{ expr: '1 - leakwatch:detections_late:ratio30d / 0.01' }],
        unit: 'percentunit',
        width: 5,
        height: 8,
        limits: { yellow: 0.5, red: 0 },
      }),
    )
    .withPanel(
      figure({
        title: 'Leaks found',
        description: 'In 30 days. Fewer than ten prove nothing.',
        queries: [{ expr: 'leakwatch:detections:increase30d', orZero: true }],
        unit: 'short',
        width: 4,
        height: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Burn rate',
        description:
          '1 uses up the budget in 30 days. 14.4 over an hour or 6 over six hours page; 1 over three days opens a ticket.',
        queries: [
          { expr: 'leakwatch:detections_late:ratio1h / 0.01', legend: '1 hour' },
          { expr: 'leakwatch:detections_late:ratio6h / 0.01', legend: '6 hours' },
          { expr: 'leakwatch:detections_late:ratio3d / 0.01', legend: '3 days' },
        ],
        unit: 'short',
        width: 10,
        limits: { yellow: 6, red: 14.4 },
      }),
    )
    .withPanel(
      graph({
        title: 'Published → alert',
        description: 'Time from the publication of a leak to its alert.',
        queries: [
          {
            expr: 'histogram_quantile(0.5, sum by (le) (rate(leakwatch_detection_latency_seconds_bucket[6h])))',
            legend: 'p50',
          },
          {
            expr: 'histogram_quantile(0.99, sum by (le) (rate(leakwatch_detection_latency_seconds_bucket[6h])))',
            legend: 'p99',
          },
        ],
        unit: 's',
        width: 12,
        limits: { yellow: 3600, red: 14_400 },
      }),
    )
    .withPanel(
      graph({
        title: 'Published → alert, by platform',
        description: 'The 99th percentile. If one platform alone is slow, its posts reach us late.',
        queries: [
          {
            expr: 'histogram_quantile(0.99, sum by (le, platform) (rate(leakwatch_detection_latency_seconds_bucket[6h])))',
            legend: '{{platform}}',
          },
        ],
        unit: 's',
        width: 12,
      }),
    )
    .withRow(row('Alerts'))
    .withPanel(
      graph({
        title: 'Alerts by state',
        description: 'Alerts that are not resolved.',
        queries: [
          {
            expr: 'sum by (state) (max by (tier, severity, state) (leakwatch_alerts_open{state!="resolved"}))',
            legend: '{{state}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Oldest unacknowledged alert',
        description: 'Age by severity. A critical one pages once its own deadline has passed.',
        queries: [
          {
            expr: 'time() - min by (severity) (leakwatch_oldest_unacked_alert_timestamp_seconds)',
            legend: '{{severity}}',
            orZero: true,
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Opened → taken up, median',
        description: 'Half of a day’s alerts were taken up sooner.',
        queries: [
          {
            expr: 'histogram_quantile(0.5, sum by (le, severity) (rate(leakwatch_alert_response_seconds_bucket[1d])))',
            legend: '{{severity}}',
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Alerts opened per hour',
        description: 'By severity and tier of the creator.',
        queries: [
          {
            expr: 'sum by (tier, severity) (increase(leakwatch_alerts_created_total[1h]))',
            legend: 'tier {{tier}} {{severity}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Detections without an alert, per hour',
        description: 'By reason: after the embargo, approved, silenced, below the threshold …',
        queries: [
          {
            expr: 'sum by (reason) (increase(leakwatch_detections_suppressed_total[1h]))',
            legend: '{{reason}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withRow(row('People'))
    .withPanel(
      graph({
        title: 'Notices',
        description: 'Attempts by channel and outcome.',
        queries: [
          {
            expr: 'sum by (channel, outcome) (increase(leakwatch_notifications_total[15m]))',
            legend: '{{channel}} {{outcome}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Silent creators',
        description: 'By tier. A silent creator raises no alert, whatever they leak.',
        queries: [{ expr: 'tier:leakwatch_creators_silent:count', legend: 'tier {{tier}}' }],
        unit: 'short',
        width: 12,
      }),
    );
}
