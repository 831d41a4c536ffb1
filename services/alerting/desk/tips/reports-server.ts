import { describeIssues, LeakReportRequestSchema } from '@leakwatch/contracts';
import { type Logger, type Metrics, type Stoppable } from '@leakwatch/runtime';
import { StoreError, type Queryable } from '@leakwatch/store';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { z } from 'zod';
import { limitRate } from './rate-limit.ts';
import { receiveReport } from './receive-report.ts';
import { createReporterCheck, type Reporter, type ReporterToken } from './reporters.ts';

export interface ReportsServerOptions {
  readonly db: Queryable;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly settings: {
    readonly host: string;
    /** 0 picks a free port. */
    readonly port: number;
    readonly tokens: readonly ReporterToken[];
    /** Per reporter, and per address without a valid token. */
    readonly perMinute: number;
  };
}

const BODY_BYTES = 32 * 1024;
/** The time to send a whole report: a slower sender only holds a connection. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Seconds after which a reporter may try again while the database is away. */
const RETRY_AFTER = 5;

const IdempotencyKeySchema = z.string().min(1).max(256);

/**
 * `POST /v1/reports`, by `Authorization: Bearer <token>`; the body is a {@link LeakReportRequestSchema} as JSON.
 *
 * - 202 `{id}`: the report is in the database. The same `Idempotency-Key` with the same body gets the same id again.
 * - 400 `{error, problems}`: each problem with the place of the mistake. 401 no good token, 409 another body under a known
 *   `Idempotency-Key`, 413 too large, 415 no JSON, 429 too many in a minute, 503 the database is away.
 */
export async function startReportsServer(
  options: ReportsServerOptions,
): Promise<Stoppable & { readonly address: string }> {
  const { settings, logger } = options;
  const server = fastify({ logger: false, requestTimeout: REQUEST_TIMEOUT_MS, bodyLimit: BODY_BYTES });
  server.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, logger));
  addReports(server, options);
  const address = await server.listen({ host: settings.host, port: settings.port });
  return { name: 'reports', address, stop: () => server.close() };
}

function addReports(server: FastifyInstance, { db, metrics, settings }: ReportsServerOptions): void {
  const reporterOf = createReporterCheck(settings.tokens);
  const limit = limitRate(settings.perMinute);
  const reporters = new WeakMap<FastifyRequest, Reporter>();
  server.post('/v1/reports', {
    // Runs before the body is read: a sender without a valid token has nothing to send.
    onRequest: async (request, reply) => {
      const reporter = reporterOf(request.headers.authorization);
      const caller = reporter === null ? `address ${request.ip}` : `reporter ${reporter.name}`;
      const seconds = limit.secondsToWait(caller, performance.now());
      if (seconds > 0) {
        return reply.code(429).header('retry-after', seconds).send({ error: 'too many reports in a minute' });
      }
      if (reporter === null) {
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ error: 'the token is missing or wrong' });
      }
      reporters.set(request, reporter);
      return undefined;
    },
    handler: async (request, reply) => {
      const reporter = reporters.get(request);
      if (reporter === undefined) throw new Error('a request without a reporter was let through');
      const key = IdempotencyKeySchema.optional().safeParse(request.headers['idempotency-key']);
      const body = LeakReportRequestSchema.safeParse(request.body);
      if (!body.success || !key.success) {
        const problems = [
          ...(body.success ? [] : describeIssues(body.error)),
          ...(key.success ? [] : ['header Idempotency-Key: must have from 1 to 256 characters']),
        ];
        return reply.code(400).send({ error: 'the report is wrong', problems });
      }
      const received = await receiveReport(db, body.data, { reporter, key: key.data ?? null });
      if (received.addition === 'conflict') {
        return reply.code(409).send({ error: 'this Idempotency-Key was used for another report' });
      }
      if (received.addition === 'added') metrics.reports.inc({ class: reporter.class, outcome: 'received' });
      return reply.code(202).send({ id: received.id });
    },
  });
}

/** Tells the sender what to do, and nothing about the inside. */
function answerError(error: FastifyError, reply: FastifyReply, logger: Logger): FastifyReply {
  const { statusCode = 500 } = error;
  if (statusCode === 413) return reply.code(413).send({ error: `a report has at most ${BODY_BYTES} bytes` });
  if (statusCode >= 400 && statusCode < 500) {
    return reply.code(statusCode).send({ error: 'the body must be JSON, and sent as application/json' });
  }
  logger.warn({ error: error.message }, 'a report could not be taken');
  const canRetry = error instanceof StoreError && error.canRetry;
  if (!canRetry) return reply.code(500).send({ error: 'the report could not be taken' });
  return reply
    .code(503)
    .header('retry-after', RETRY_AFTER)
    .send({ error: 'come again: the report can not be taken now' });
}
