import { isUtf8 } from 'node:buffer';
import { sha256Hex } from '@leakwatch/contracts';
import { createBoundedServer, UsageError, type Logger } from '@leakwatch/runtime';
import { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Acceptance } from '../accept-delivery.ts';
import { type IngestApp } from '../app.ts';
import { type IngestConfig } from '../config.ts';
import { isPassing } from '../durable/retry-until-durable.ts';
import { createDeliveryAdmission, deliveryIdOf, RETRY_AFTER } from './admit-delivery.ts';
import { MediaError, type SourceItem, type SourceOrigin } from './source.ts';
import { createSignatureCheck } from './verify-signature.ts';

export interface WebhookOptions {
  readonly app: Pick<IngestApp, 'accept'>;
  readonly config: IngestConfig['webhook'];
  readonly logger: Logger;
}

/** The time to send a whole delivery. */
const REQUEST_MS = 30_000;

const BatchSchema = z.union([z.array(z.unknown()), z.object({ posts: z.array(z.unknown()) })]);

/**
 * Adds `POST /v1/posts` to a server. The body is a JSON array of submitted posts, or `{posts: […]}`, signed by the Standard
 * Webhooks specification.
 *
 * - 202 `{posts: [{index, id, outcome}]}`: all posts are durable in the log. The same `webhook-id` with the same body gets
 *   the same answer again.
 * - 422 `{error, posts: [{index, reason, message}]}`: no post was taken, because of these.
 * - 400 not JSON, no batch or a wrong `webhook-id`, 401 not signed by us or too old, 409 another body under a known
 *   `webhook-id`, 413 too large, 503 the log is away or too much comes at once: no post was taken.
 *
 * @throws UsageError if no secret is set and unsigned posts are not allowed either
 */
export async function registerWebhook(server: FastifyInstance, options: WebhookOptions): Promise<void> {
  const { app, config, logger } = options;
  if (config.secrets.length === 0 && !config.unsigned) {
    throw new UsageError(
      'the webhook needs LEAKWATCH_WEBHOOK_SECRETS (`whsec_` and the base64 of 24 to 64 random bytes), ' +
        'or LEAKWATCH_WEBHOOK_UNSIGNED=1 behind a gateway that authenticates senders',
    );
  }
  const isSigned = createSignatureCheck(config.secrets);
  const source = webhookSource(config);

  await server.register((scope, _options, done) => {
    // The signature covers the body's bytes, whatever its content type.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: config.bodyBytes },
      (_request, body, parsed) => {
        parsed(null, body);
      },
    );
    scope.addHook('onRequest', createDeliveryAdmission(config));
    scope.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, logger));
    scope.post('/v1/posts', async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (config.secrets.length > 0 && !isSigned({ body, headers: request.headers })) {
        return reply.code(401).send({ error: 'the signature is missing, wrong or too old' });
      }
      const batch = readBatch(body);
      if (batch === null) {
        return reply.code(400).send({ error: 'the body must be a JSON array of posts, or {"posts": […]}' });
      }
      if (batch.length > config.posts) {
        return reply.code(413).send({ error: `a delivery holds at most ${config.posts} posts` });
      }
      const id = deliveryIdOf(request);
      const items = batch.map((post, index) => toItem(post, `${id ?? 'unsigned'}[${index}]`));
      const acceptance = await app.accept(source, { id, bodySha256: sha256Hex(body), items });
      return answer(acceptance, reply);
    });
    done();
  });
}

/** A server of its own for the webhook, at the configured host and port. */
export async function startWebhookServer(
  options: WebhookOptions,
): Promise<{ name: string; address: string; stop: () => Promise<void> }> {
  const { port } = options.config;
  if (port === undefined) throw new UsageError('the webhook needs LEAKWATCH_WEBHOOK_PORT');
  const server = createBoundedServer({
    bodyBytes: options.config.bodyBytes,
    requestMs: REQUEST_MS,
    ...options.config.bounds,
  });
  await registerWebhook(server, options);
  const address = await server.listen({ host: options.config.host ?? '127.0.0.1', port });
  return { name: 'webhook', address, stop: () => server.close() };
}

function webhookSource(config: IngestConfig['webhook']): SourceOrigin {
  return {
    name: 'webhook',
    transport: 'http',
    platform: config.platform,
    instance: config.instance,
    openMedia: (file) =>
      Promise.reject(new MediaError('media-refused', `\`${file}\` is not in the delivery`)),
  };
}

function readBatch(body: Buffer): unknown[] | null {
  if (!isUtf8(body)) return null;
  try {
    const parsed = BatchSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (!parsed.success) return null;
    return Array.isArray(parsed.data) ? parsed.data : parsed.data.posts;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Turns a post of the batch into an item; refuses one that is nested too deeply to be written again. */
function toItem(post: unknown, place: string): SourceItem {
  try {
    return { place, raw: JSON.stringify(post), checkpoint: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = { reason: 'too-large' as const, message: 'nested too deeply', bytes: Buffer.alloc(0) };
    return { place, raw: '', checkpoint: null, problem };
  }
}

function answer(acceptance: Acceptance, reply: FastifyReply): FastifyReply {
  switch (acceptance.kind) {
    case 'accepted':
      return reply.code(202).send({ posts: acceptance.posts });
    case 'refused':
      return reply.code(422).send({ error: 'some posts are wrong; none was taken', posts: acceptance.posts });
    case 'conflict':
      return reply.code(409).send({ error: 'this webhook-id was used for another body' });
  }
}

/** Tells the sender how to react, and nothing about our internals. */
function answerError(error: FastifyError, reply: FastifyReply, logger: Logger): FastifyReply {
  if (error.statusCode === 413) return reply.code(413).send({ error: 'the body is too large' });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return reply.code(error.statusCode).send({ error: 'the request is malformed' });
  }
  logger.warn({ error: error.message }, 'a delivery could not be taken');
  if (!isPassing(error)) return reply.code(500).send({ error: 'the delivery could not be taken' });
  return reply
    .code(503)
    .header('retry-after', RETRY_AFTER)
    .send({ error: 'the delivery can not be taken now; come again' });
}
