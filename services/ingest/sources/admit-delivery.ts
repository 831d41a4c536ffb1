/** Decides by a delivery's headers, before its body is read, whether to read the body now. */
import { createAdmission } from '@leakwatch/runtime';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type IngestConfig } from '../config.ts';
import { isSignable } from './verify-signature.ts';

/** Seconds until a sender whom we can't serve now may come back. */
export const RETRY_AFTER = '5';

/** A delivery that waits longer is refused; senders repeat it later. */
const WAIT_MS = 10_000;

/** The spec asks for unique ids; ours must also fit a row. */
const DeliveryIdSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/, 'the webhook-id must have from 1 to 256 visible ASCII characters');

/** Unsigned deliveries may lack the header: then a repeated delivery is known by its posts only. */
export function deliveryIdOf(request: FastifyRequest): string | null {
  return DeliveryIdSchema.safeParse(request.headers['webhook-id']).data ?? null;
}

/** Makes the hook that runs before a body is read. It answers 400, 401, 413 or 503, or admits the delivery until it is answered. */
export function createDeliveryAdmission(
  config: IngestConfig['webhook'],
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  const admission = createAdmission({ ...config.inFlight, waitMs: WAIT_MS });
  return async (request, reply) => {
    const { headers } = request;
    if (config.secrets.length > 0 && !isSignable(headers)) {
      return refuse(reply, 401, 'the signature is missing, wrong or too old');
    }
    const id = headers['webhook-id'];
    if (id !== undefined) {
      const checked = DeliveryIdSchema.safeParse(id);
      if (!checked.success) return refuse(reply, 400, checked.error.issues[0]?.message ?? 'wrong webhook-id');
    }
    // A chunked body does not tell its length: it may be as long as any.
    const bytes = Number(headers['content-length'] ?? config.bodyBytes);
    if (bytes > config.bodyBytes) return refuse(reply, 413, 'the body is too large');

    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    const leave = await admission.enter(request.ip, bytes, gone.signal);
    if (leave === null) {
      reply.header('retry-after', RETRY_AFTER);
      return refuse(reply, 503, 'too many deliveries at once; come again');
    }
    if (gone.signal.aborted) leave();
    else reply.raw.once('close', leave);
    return undefined;
  };
}

/** Answers without reading the body, so the connection can't be used again. */
function refuse(reply: FastifyReply, code: number, error: string): FastifyReply {
  return reply.code(code).header('connection', 'close').send({ error });
}
