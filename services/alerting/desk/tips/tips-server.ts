import { describeIssues, TipRequestSchema } from '@leakwatch/contracts';
import {
  createBoundedServer,
  SMALL_BOUNDS,
  type Logger,
  type Metrics,
  type Stoppable,
} from '@leakwatch/runtime';
import { StoreError, type Queryable } from '@leakwatch/store';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteShorthandOptionsWithHandler,
} from 'fastify';
import { z } from 'zod';
import { limitRate } from './rate-limit.ts';
import { receiveTip } from './receive-tip.ts';
import { createSenderCheck, type Sender, type SenderToken } from './senders.ts';

export interface TipsServerOptions {
  readonly db: Queryable;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly settings: {
    readonly host: string;
    /** 0 picks a free port. */
    readonly port: number;
    readonly tokens: readonly SenderToken[];
    /** Per sender, and per address without a valid token. */
    readonly perMinute: number;
  };
}

const BODY_BYTES = 32 * 1024;
/** Seconds after which a sender may try again while the database is away. */
const RETRY_AFTER = 5;
/** 2026-11-28. */
const DEPRECATED_SINCE = '@1795824000';

const IdempotencyKeySchema = z.string().min(1).max(256);

/**
 * `POST /v1/tips` (`/v1/reports` until the next version), by `Authorization: Bearer <token>`; the body is a {@link TipRequestSchema} as JSON.
 *
 * - 202 `{id}`: the tip is in the database. The same `Idempotency-Key` with the same body gets the same id again.
 * - 400 `{error, problems}`: each problem with the place of the mistake. 401 no good token, 409 another body under a known
 *   `Idempotency-Key`, 413 too large, 415 no JSON, 429 too many in a minute, 503 the database is away.
 */
export async function startTipsServer(
  options: TipsServerOptions,
): Promise<Stoppable & { readonly address: string }> {
  const { settings, logger } = options;
  const server = createBoundedServer({ ...SMALL_BOUNDS, bodyBytes: BODY_BYTES });
  server.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, logger));
  addTips(server, options);
  const address = await server.listen({ host: settings.host, port: settings.port });
  return { name: 'tips', address, stop: () => server.close() };
}

function addTips(server: FastifyInstance, { db, metrics, settings }: TipsServerOptions): void {
  const senderOf = createSenderCheck(settings.tokens);
  const limit = limitRate(settings.perMinute);
  const senders = new WeakMap<FastifyRequest, Sender>();
  const route: RouteShorthandOptionsWithHandler = {
    // Runs before the body is read: a sender without a valid token has nothing to send.
    onRequest: async (request, reply) => {
      const sender = senderOf(request.headers.authorization);
      const caller = sender === null ? `address ${request.ip}` : `sender ${sender.name}`;
      const seconds = limit.secondsToWait(caller, performance.now());
      if (seconds > 0) {
        return reply.code(429).header('retry-after', seconds).send({ error: 'too many tips in a minute' });
      }
      if (sender === null) {
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ error: 'the token is missing or wrong' });
      }
      senders.set(request, sender);
      return undefined;
    },
    handler: async (request, reply) => {
      const sender = senders.get(request);
      if (sender === undefined) throw new Error('a request without a sender was let through');
      const key = IdempotencyKeySchema.optional().safeParse(request.headers['idempotency-key']);
      const body = TipRequestSchema.safeParse(request.body);
      if (!body.success || !key.success) {
        const problems = [
          ...(body.success ? [] : describeIssues(body.error)),
          ...(key.success ? [] : ['header Idempotency-Key: must have from 1 to 256 characters']),
        ];
        return reply.code(400).send({ error: 'the tip is wrong', problems });
      }
      const received = await receiveTip(db, body.data, { sender, key: key.data ?? null });
      if (received.addition === 'conflict') {
        return reply.code(409).send({ error: 'this Idempotency-Key was used for another tip' });
      }
      if (received.addition === 'added') metrics.tips.inc({ class: sender.class, outcome: 'received' });
      return reply.code(202).send({ id: received.id });
    },
  };
  server.post('/v1/tips', route);
  server.post('/v1/reports', { ...route, onSend: deprecate });
}

/** Tells callers of the old address, which answers for one version more, where tips go now (RFC 9745, RFC 8288). */
function deprecate(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('deprecation', DEPRECATED_SINCE).header('link', '</v1/tips>; rel="successor-version"');
  return Promise.resolve();
}

/** Tells the sender what to do, and nothing about the inside. */
function answerError(error: FastifyError, reply: FastifyReply, logger: Logger): FastifyReply {
  const { statusCode = 500 } = error;
  if (statusCode === 413) return reply.code(413).send({ error: `a tip has at most ${BODY_BYTES} bytes` });
  if (statusCode >= 400 && statusCode < 500) {
    return reply.code(statusCode).send({ error: 'the body must be JSON, and sent as application/json' });
  }
  logger.warn({ error: error.message }, 'a tip could not be taken');
  const canRetry = error instanceof StoreError && error.canRetry;
  if (!canRetry) return reply.code(500).send({ error: 'the tip could not be taken' });
  return reply
    .code(503)
    .header('retry-after', RETRY_AFTER)
    .send({ error: 'come again: the tip can not be taken now' });
}
