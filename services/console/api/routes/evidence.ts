import {
  findAlert,
  holdEvidence,
  listEvidence,
  loadEvidenceHold,
  releaseEvidence,
} from '@leakwatch/alerting/desk';
import { type Queryable } from '@leakwatch/store';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { appendAudit, audited } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { EvidenceSchema, NewHoldSchema } from '../schemas/desk.ts';
import { AlertIdParams, answers, typed } from './route-helpers.ts';

/** What is kept of an incident, by hashes, sizes and times; and the hold that keeps it beyond its time. */
export function addEvidence(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard, clock } = context;
  const api = typed(server);
  const path = '/v1/incidents/:id/evidence';
  const response = answers(EvidenceSchema);
  const alertOf = async (request: FastifyRequest, id: string) =>
    (await findAlert(scopeOf(context, request).database, id)).id;

  api.get(
    path,
    {
      schema: {
        params: AlertIdParams,
        querystring: z.strictObject({ verify: z.enum(['true', 'false']).default('false') }),
        response,
      },
    },
    async (request) => {
      const { pool } = scopeOf(context, request).database;
      const id = await alertOf(request, request.params.id);
      return showEvidence(pool, id, request.query.verify === 'true');
    },
  );

  api.put(
    `${path}/hold`,
    { schema: { params: AlertIdParams, body: NewHoldSchema, response } },
    async (request) => {
      const { name: by } = guard.require(request, 'lead');
      const id = await alertOf(request, request.params.id);
      const act = { actor: by, action: 'evidence-held', subject: id };
      await holdEvidence(audited(store, act), id, { ...request.body, by }, clock);
      return showEvidence(scopeOf(context, request).database.pool, id, false);
    },
  );

  api.delete(`${path}/hold`, { schema: { params: AlertIdParams, response } }, async (request) => {
    const { name: by } = guard.require(request, 'lead');
    const id = await alertOf(request, request.params.id);
    await store.transaction(async (tx) => {
      await releaseEvidence({ pool: tx }, id, { by }, clock);
      await appendAudit(tx, { actor: by, action: 'evidence-released', subject: id });
    });
    return showEvidence(scopeOf(context, request).database.pool, id, false);
  });
}

async function showEvidence(
  db: Queryable,
  alertId: string,
  verify: boolean,
): Promise<z.infer<typeof EvidenceSchema>> {
  const [hold, evidence] = await Promise.all([
    loadEvidenceHold(db, alertId),
    listEvidence(db, alertId, { verify }),
  ]);
  return {
    hold: hold && { ...hold, at: hold.at.toISOString() },
    items: evidence.map((one) => ({
      ...one,
      publishedAt: one.publishedAt.toISOString(),
      preservedAt: one.preservedAt.toISOString(),
    })),
  };
}
