import { board, figure, graph, row } from '../panels.ts';

/** The way of a post, stage by stage. */
export function pipeline() {
  return board({
    uid: 'leakwatch-pipeline',
    title: 'leakwatch: pipeline',
    description: 'The way of a post, stage by stage: volume, speed, failures.',
    from: 'now-6h',
  })
    .withRow(row('In'))
    .withPanel(
      graph({
        title: 'Posts taken in',
        description: 'Posts published to the log.',
        queries: [
          {
            expr: 'sum by (platform) (rate(leakwatch_posts_ingested_total[5m]))',
            legend: '{{platform}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Posts not taken in',
        description: 'By reason. Dropping repeats and older revisions is normal.',
        queries: [
          {
            expr: 'sum by (reason) (rate(leakwatch_posts_dropped_total[5m]))',
            legend: '{{reason}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 12,
      }),
    )
    .withRow(row('Through'))
    .withPanel(
      graph({
        title: 'Waiting records',
        description: 'Records that the group has not committed yet.',
        queries: [{ expr: 'max by (group) (leakwatch_consumer_lag_records)', legend: '{{group}}' }],
        unit: 'short',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Time to clear the backlog',
        description: 'At the rate of the last ten minutes. More than half an hour pages.',
        queries: [{ expr: 'group:leakwatch_drain_time:seconds', legend: '{{group}}' }],
        unit: 's',
        width: 8,
        limits: { yellow: 300, red: 1800 },
      }),
    )
    .withPanel(
      graph({
        title: 'Records handled',
        description: 'Posts by the matchers, detections by alerting.',
        queries: [{ expr: 'group:leakwatch_records_handled:rate10m', legend: '{{group}}' }],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Time of a batch, median',
        description: 'Time a stage spends on one batch.',
        queries: [
          {
            expr: 'histogram_quantile(0.5, sum by (le, stage) (rate(leakwatch_stage_duration_seconds_bucket[5m])))',
            legend: '{{stage}}',
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Time of a batch, 99th percentile',
        description: 'Time a stage spends on one batch.',
        queries: [
          {
            expr: 'histogram_quantile(0.99, sum by (le, stage) (rate(leakwatch_stage_duration_seconds_bucket[5m])))',
            legend: '{{stage}}',
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Ingested → alert',
        description: 'Our own share of the time from a leak to its alert.',
        queries: [
          {
            expr: 'histogram_quantile(0.5, sum by (le, lane) (rate(leakwatch_pipeline_latency_seconds_bucket[15m])))',
            legend: '{{lane}} p50',
          },
          {
            expr: 'histogram_quantile(0.99, sum by (le, lane) (rate(leakwatch_pipeline_latency_seconds_bucket[15m])))',
            legend: '{{lane}} p99',
          },
        ],
        unit: 's',
        width: 8,
      }),
    )
    .withRow(row('Failures'))
    .withPanel(
      graph({
        title: 'Failed attempts of a stage',
        description: 'leakwatch tries again. Lasting failures open a ticket.',
        queries: [
          {
            expr: 'sum by (stage, reason) (rate(leakwatch_stage_failures_total[5m]))',
            legend: '{{stage}} {{reason}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Dead letters, not replayed',
        description: 'Records that could not be processed and wait for a replay: leakwatch dead-letters list',
        queries: [
          { expr: 'max by (stage) (leakwatch_dead_letter_depth)', legend: '{{stage}}', orZero: true },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withRow(row('Processes'))
    .withPanel(
      figure({
        title: 'Processes up',
        description: 'By service.',
        queries: [{ expr: 'sum by (service) (up{job="leakwatch"})', legend: '{{service}}' }],
        unit: 'short',
        width: 8,
        height: 8,
        limits: { yellow: 1, red: 0.5 },
      }),
    )
    .withPanel(
      graph({
        title: 'Memory',
        description: 'Resident memory of each process.',
        queries: [
          { expr: 'process_resident_memory_bytes{job="leakwatch"}', legend: '{{service}} {{instance}}' },
        ],
        unit: 'bytes',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Processor time',
        description: 'Share of one processor, by process.',
        queries: [
          {
            expr: 'rate(process_cpu_seconds_total{job="leakwatch"}[5m])',
            legend: '{{service}} {{instance}}',
          },
        ],
        unit: 'percentunit',
        width: 8,
      }),
    );
}
