import { board, figure, graph } from '../panels.ts';

/** History against the current watch list. */
export function rescans() {
  return board({
    uid: 'leakwatch-rescans',
    title: 'leakwatch: re-scans',
    description: 'History against the current watch list: progress, speed, effect on live posts.',
    from: 'now-24h',
  })
    .withPanel(
      figure({
        title: 'Running and waiting',
        description: 'Re-scans by state: leakwatch rescan list',
        queries: [
          {
            expr: 'max by (state) (leakwatch_rescan_jobs{state!~"finished|cancelled|failed"})',
            legend: '{{state}}',
          },
        ],
        unit: 'short',
        width: 8,
      }),
    )
    .withPanel(
      figure({
        title: 'Time since the last one ended',
        description: 'Two intervals of the schedule open a ticket. Empty until the first one ends.',
        queries: [{ expr: 'time() - max(leakwatch_rescan_last_success_timestamp_seconds > 0)' }],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      figure({
        title: 'Share of a processor now',
        description: 'It falls while live posts are behind.',
        queries: [{ expr: 'sum(leakwatch_rescan_share)' }],
        unit: 'percentunit',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Fingerprints yet to read',
        description: 'By running re-scans.',
        queries: [{ expr: 'max(leakwatch_rescan_fingerprints_left)', legend: 'left' }],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Fingerprints read',
        description: 'Stored posts matched again.',
        queries: [
          { expr: 'sum(rate(leakwatch_rescan_fingerprints_total[5m]))', legend: 'read', orZero: true },
        ],
        unit: 'cps',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Detections in history',
        description: 'Per hour: leaks that were missed when posted, or not watched yet.',
        queries: [
          {
            expr: 'sum(increase(leakwatch_rescan_detections_total[1h]))',
            legend: 'detections',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Live backlog',
        description: 'Records waiting for live consumers. A re-scan must not raise it.',
        queries: [
          {
            expr: 'max by (group) (leakwatch_consumer_lag_records{group=~"matcher-.+"})',
            legend: '{{group}}',
          },
        ],
        unit: 'short',
        width: 12,
      }),
    );
}
