import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { loadPerformance } from '../performance/load-performance.ts';
import { AskedInstantSchema, NameSchema, PerformanceSchema, type Performance } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const ScopeQuery = z
  .strictObject({
    since: AskedInstantSchema.optional(),
    until: AskedInstantSchema.optional(),
    campaign: NameSchema.optional(),
  })
  .refine(
    ({ since, until }) => since === undefined || until === undefined || Date.parse(since) < Date.parse(until),
    {
      path: ['until'],
      message: 'must be after since',
    },
  );

/** The figures of `leakwatch report`, for the campaigns that the viewer may see. */
export function addPerformance(server: FastifyInstance, context: ConsoleContext): void {
  const api = typed(server);
  const load = (request: FastifyRequest, query: z.infer<typeof ScopeQuery>) => {
    const { database } = scopeOf(context, request);
    const scope = {
      since: query.since === undefined ? null : new Date(query.since),
      until: query.until === undefined ? null : new Date(query.until),
      campaignId: query.campaign ?? null,
    };
    return loadPerformance(database.pool, scope, context);
  };
  api.get(
    '/v1/performance',
    { schema: { querystring: ScopeQuery, response: answers(PerformanceSchema) } },
    (request) => load(request, request.query),
  );
  api.get('/v1/performance.csv', { schema: { querystring: ScopeQuery } }, async (request, reply) => {
    const figures = await load(request, request.query);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="leakwatch-performance-${daysOf(figures)}.csv"`)
      .send(csvOf(figures));
  });
}

type Cell = string | number | null;

/** `2026-09-01-to-2026-11-30`: two files of one folder are told apart. */
function daysOf({ since, until, madeAt }: Performance): string {
  return `${since === null ? 'the-beginning' : dayOf(since)}-to-${dayOf(until ?? madeAt)}`;
}

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

function csvOf(figures: Performance): string {
  const { precision, recall, detection, coverage, response, recurrence } = figures;
  const fact = (name: string, value: string): Cell[] => [name, 'all', value, null, null, null];
  const rows: Cell[][] = [
    ['figure', 'group', 'value', 'low', 'high', 'n'],
    fact('campaign', figures.campaignId ?? 'all'),
    fact('from', figures.since ?? 'the beginning'),
    fact('until', figures.until ?? figures.madeAt),
    ...precision.map(({ by, name, precision: share, interval, n }) => [
      'precision',
      by === 'all' ? 'all' : `${by} ${name}`,
      share,
      interval?.low ?? null,
      interval?.high ?? null,
      n,
    ]),
    [
      'recall',
      'all',
      recall.estimate,
      recall.interval?.low ?? null,
      recall.interval?.high ?? null,
      recall.reviewed,
    ],
    ['detection latency p50 ms', 'all', detection.latencyMs.p50, null, null, detection.n],
    ['detection latency p99 ms', 'all', detection.latencyMs.p99, null, null, detection.n],
    ['detected within 4 h', 'all', detection.within4h.share, null, null, detection.within4h.n],
    ['creators heard', 'all', coverage.fresh, null, null, coverage.registered],
    ['answered in time', 'all', response.inTime.share, null, null, response.inTime.n],
    ...figures.latencies.map(({ upToMs, count }) => [
      'detections by latency',
      upToMs === null ? 'longer' : `up to ${upToMs} ms`,
      count,
      null,
      null,
      detection.n,
    ]),
    ...figures.series.latency.flatMap(({ day, n, p50, p95 }) => [
      ['detection latency p50 ms of a day', day, p50, null, null, n],
      ['detection latency p95 ms of a day', day, p95, null, null, n],
    ]),
    ...figures.series.workload.flatMap(({ week, minutes, minutesPerCreator, incidents }) => [
      ['minutes of review a creator of a week', week, minutesPerCreator, null, null, minutes],
      ['incidents of a week', week, incidents, null, null, incidents],
    ]),
    ...(['byCampaign', 'byNiche', 'byPlatform'] as const).flatMap((by) =>
      figures[by].map(({ name, alerts }) => ['incidents', `${by} ${name}`, alerts, null, null, alerts]),
    ),
    ...figures.heat.map(({ violation, severity, count }) => [
      'incidents',
      `${violation} ${severity}`,
      count,
      null,
      null,
      count,
    ]),
    ['creators with more than one incident', 'all', recurrence.again, null, null, recurrence.creators],
    ['incidents that happened again', 'all', recurrence.regressions, null, null, null],
  ];
  return `${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

/** Quoted, and never a formula: a spreadsheet runs what begins with one of these signs. */
function cellOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
