import { PerformanceSchema } from '@leakwatch/console/schemas';
import { formatDuration, formatShare, formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { type ServerClient } from './server-client.ts';

interface ReportOptions {
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly campaign?: string | undefined;
  readonly json: boolean;
}

/** Shows the console's figures, for the campaigns that the token may see. */
export async function reportOverServer(
  server: ServerClient,
  { since, until, campaign, json }: ReportOptions,
  screen: Screen,
): Promise<void> {
  const query = { since: since?.toISOString(), until: until?.toISOString(), campaign };
  const figures = await server.get(PerformanceSchema, '/v1/performance', query);
  if (json) {
    screen.result(JSON.stringify(figures));
    return;
  }
  const { precision, recall, detection, coverage, response } = figures;
  const none = 'no data';
  const share = (value: number | null) => (value === null ? none : formatShare(value));
  const range = (interval: { low: number; high: number } | null) =>
    interval === null ? '' : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
  screen.result(
    formatTable(
      ['figure', 'value', '95 %', 'n'],
      [
        ...precision.map((one) => [
          `precision, ${one.by === 'all' ? 'all' : `${one.by} ${printable(one.name, 40)}`}`,
          share(one.precision),
          range(one.interval),
          String(one.n),
        ]),
        ['recall, estimated', share(recall.estimate), range(recall.interval), String(recall.reviewed)],
        [
          'detected within 4 h',
          share(detection.within4h.share),
          range(detection.within4h.interval),
          String(detection.within4h.n),
        ],
        [
          'detection latency p99',
          detection.latencyMs.p99 === null ? none : formatDuration(detection.latencyMs.p99),
          '',
          String(detection.n),
        ],
        [
          'answered in time',
          share(response.inTime.share),
          range(response.inTime.interval),
          String(response.inTime.n),
        ],
        ['creators heard', String(coverage.fresh), '', String(coverage.registered)],
      ],
    ),
  );
}
