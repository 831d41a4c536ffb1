import { board, figure, graph } from '../panels.ts';

/** History against what is watched now. */
export function rescans() {
  return board({
    uid: 'leakwatch-rescans',
    title: 'leakwatch: re-scans',
    description: 'History against what is watched now: how far, how fast, at whose cost.',
    from: 'now-24h',
  })
    .withPanel(
      figure({
        title: 'Under way and waiting',
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
        title: 'Since the last that ended',
        description: 'Two intervals of the schedule open a ticket. Nothing here: none has ended yet.',
        queries: [{ expr: 'time() - max(leakwatch_rescan_last_success_timestamp_seconds > 0)' }],
        unit: 's',
        width: 8,
      }),
    )
    .withPanel(
      figure({
        title: 'Share of a processor now',
        description: 'Less while live posts are behind.',
        queries: [{ expr: 'sum(leakwatch_rescan_share)' }],
        unit: 'percentunit',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Fingerprints yet to read',
        description: 'Of what is under way.',
        queries: [{ expr: 'max(leakwatch_rescan_fingerprints_left)', legend: 'left' }],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Fingerprints read',
        description: 'Stored posts matched again.',
        queries: [{ expr: 'sum(rate(leakwatch_rescan_fingerprints_total[5m]))', legend: 'read' }],
        unit: 'cps',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Detections in history',
        description: 'What was missed when it was posted, or was not watched yet; an hour.',
        queries: [{ expr: 'sum(increase(leakwatch_rescan_detections_total[1h]))', legend: 'detections' }],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Live posts beside it',
        description: 'Records that wait before live consumers: a re-scan must not raise them.',
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
