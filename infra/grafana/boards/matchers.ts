import { board, figure, graph, row } from '../panels.ts';

/** The two lanes: posts scanned, matched, failed, and the watch list in use. */
export function matchers() {
  return board({
    uid: 'leakwatch-matchers',
    title: 'leakwatch: matchers',
    description: 'The two lanes: posts scanned, matched, failed, and the watch list in use.',
    from: 'now-6h',
  })
    .withPanel(
      figure({
        title: 'Version of the watch list',
        description: 'The version each lane uses. If two numbers persist, a process keeps an old list.',
        queries: [{ expr: 'max by (lane) (leakwatch_watchlist_version)', legend: '{{lane}}' }],
        unit: 'none',
        width: 6,
      }),
    )
    .withPanel(
      figure({
        title: 'Behind the newest',
        description: 'Time since a newer version was imported; 0 if there is none.',
        queries: [{ expr: 'max by (lane) (leakwatch_watchlist_behind_seconds)', legend: '{{lane}}' }],
        unit: 's',
        width: 6,
        limits: { yellow: 30, red: 300 },
      }),
    )
    .withPanel(
      figure({
        title: 'Age of the watch list',
        description: 'Time since the version in use was imported.',
        queries: [{ expr: 'max by (lane) (leakwatch_watchlist_age_seconds)', legend: '{{lane}}' }],
        unit: 's',
        width: 6,
      }),
    )
    .withPanel(
      figure({
        title: 'Posts that failed, 15 minutes',
        description:
          'Without those whose pictures could not be fetched. A post that fails is not a post without a leak.',
        queries: [{ expr: 'stage:leakwatch_unmatched_posts:increase15m', legend: '{{stage}}', orZero: true }],
        unit: 'short',
        width: 6,
        limits: { yellow: 1, red: 10 },
      }),
    )
    .withRow(row('Posts'))
    .withPanel(
      graph({
        title: 'Posts scanned',
        description: 'By lane.',
        queries: [
          {
            expr: 'sum by (lane) (rate(leakwatch_posts_scanned_total[5m]))',
            legend: '{{lane}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Posts matched',
        description: 'Posts that met an item of the watch list.',
        queries: [
          {
            expr: 'sum by (lane) (rate(leakwatch_posts_scanned_total{outcome="matched"}[5m]))',
            legend: '{{lane}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Posts failed',
        description: 'Posts that are now in the dead letters.',
        queries: [
          {
            expr: 'sum by (lane) (rate(leakwatch_posts_scanned_total{outcome="failed"}[5m]))',
            legend: '{{lane}}',
            orZero: true,
          },
        ],
        unit: 'cps',
        width: 8,
      }),
    )
    .withPanel(
      graph({
        title: 'Why they failed',
        description: 'media-… blames the host of a picture; anything else the record or the engine.',
        queries: [
          {
            expr: 'sum by (stage, reason) (increase(leakwatch_dead_letters_total{stage=~"matcher-.+"}[15m]))',
            legend: '{{stage}} {{reason}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    )
    .withPanel(
      graph({
        title: 'Verdicts',
        description: 'A week of analysts’ verdicts, by matcher.',
        queries: [
          {
            expr: 'sum by (matcher, verdict) (increase(leakwatch_verdicts_total[7d]))',
            legend: '{{matcher}} {{verdict}}',
            orZero: true,
          },
        ],
        unit: 'short',
        width: 12,
      }),
    );
}
