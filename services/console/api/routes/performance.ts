import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { loadPerformance } from '../performance/load-performance.ts';
import { InstantSchema, NameSchema, PerformanceSchema, type Performance } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const ScopeQuery = z.object({
  since: InstantSchema.optional(),
  until: InstantSchema.optional(),
  campaign: NameSchema.optional(),
});

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
      .header('content-disposition', 'attachment; filename="leakwatch-performance.csv"')
      .send(csvOf(figures));
  });
}

type Cell = string | number | null;

function csvOf({ precision, recall, detection, coverage, response }: Performance): string {
  const rows: Cell[][] = [
    ['figure', 'group', 'value', 'low', 'high', 'n'],
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
