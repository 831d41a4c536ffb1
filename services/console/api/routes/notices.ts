import { findAlert } from '@leakwatch/alerting/desk';
import { listNotices, retryNotices } from '@leakwatch/alerting/tell';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { appendAudit } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { NoticesSchema, RetryAnswerSchema, RetryRequestSchema } from '../schemas/desk.ts';
import { answers, typed } from './route-helpers.ts';

const NoticesQuery = z.strictObject({
  alert: z.string().min(6).max(64).optional(),
  failed: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** What people were told of incidents, and telling them again. Digests and all notices at once are of every campaign. */
export function addNotices(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard } = context;
  const api = typed(server);
  /** The incident's whole id, if the viewer sees it; null for all incidents. */
  const alertOf = async (request: FastifyRequest, id: string | undefined): Promise<string | null> => {
    const { viewer, database } = scopeOf(context, request);
    if (id !== undefined) return (await findAlert(database, id)).id;
    if (viewer.campaigns !== null) throw new ProblemError('forbidden');
    return null;
  };

  api.get(
    '/v1/notices',
    { schema: { querystring: NoticesQuery, response: answers(NoticesSchema) } },
    async (request) => {
      guard.require(request, 'work');
      const { alert, failed, limit } = request.query;
      const alertId = await alertOf(request, alert);
      const filter = { ...(alertId === null ? {} : { alertId }), failed: failed === 'true', limit };
      const notices = await listNotices(store.pool, filter);
      return {
        items: notices.map((one) => ({
          id: one.id,
          alertId: one.alertId,
          change: one.change,
          channel: one.channel,
          attempts: one.attempts,
          repeats: one.repeats,
          lastError: one.lastError,
          createdAt: one.createdAt.toISOString(),
          nextAttemptAt: one.nextAttemptAt.toISOString(),
          deliveredAt: one.deliveredAt?.toISOString() ?? null,
          gaveUpAt: one.gaveUpAt?.toISOString() ?? null,
        })),
      };
    },
  );

  api.post(
    '/v1/notices/retry',
    { schema: { body: RetryRequestSchema, response: answers(RetryAnswerSchema) } },
    async (request) => {
      const { name: actor } = guard.require(request, 'work');
      const alertId = await alertOf(request, request.body.alertId);
      if (alertId === null) guard.require(request, 'lead');
      const due = await store.transaction(async (tx) => {
        const count = await retryNotices(tx, alertId);
        await appendAudit(tx, { actor, action: 'notices-retried', subject: alertId ?? 'notices' });
        return count;
      });
      return { due };
    },
  );
}
