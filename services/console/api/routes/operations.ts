import { checkSilenced, endSilence, silence } from '@leakwatch/alerting/desk';
import { listSilences } from '@leakwatch/alerting/judge';
import { TierSchema } from '@leakwatch/contracts';
import { replayDeadLetter, ReplayError } from '@leakwatch/event-log';
import {
  changeRescan,
  checkRequest,
  estimateRescan,
  listRescanFindings,
  loadRescanJob,
  requestRescan,
} from '@leakwatch/rescan';
import { messageOf } from '@leakwatch/runtime';
import { loadBlob } from '@leakwatch/store';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sees } from '../access/viewer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  MadeSilenceSchema,
  NewSilenceSchema,
  ReplayAnswerSchema,
  ReplayRequestSchema,
  RescanChangeSchema,
  RescanEstimateSchema,
  RescanResultSchema,
  RescanScopeSchema,
  RowNumberSchema,
  StartedRescanSchema,
} from '../schemas/index.ts';
import { answers, typed, wholeLead } from './route-helpers.ts';

const FINDINGS_SHOWN = 200;
const IdParams = z.object({ id: z.string().min(1).max(64) });

/** Changing the machinery, by the functions of the command line: re-scans, dead letters, silences. */
export function addOperations(server: FastifyInstance, context: ConsoleContext): void {
  const { store, log, clock } = context;
  const api = typed(server);
  const lead = (request: FastifyRequest) => wholeLead(context, request);
  const audit = (actor: string, action: string, subject: string) =>
    appendAudit(store.pool, { actor, action, subject });

  api.post(
    '/v1/rescans/estimate',
    { schema: { body: RescanScopeSchema, response: answers(RescanEstimateSchema) } },
    async (request) => {
      lead(request);
      return estimateRescan(store, log, await checkRequest(store, request.body, clock()));
    },
  );

  api.post(
    '/v1/rescans',
    { schema: { body: RescanScopeSchema, response: answers(StartedRescanSchema) } },
    async (request) => {
      const { name } = lead(request);
      const checked = await checkRequest(store, request.body, clock());
      const queue = await context.rescans.get();
      const id = await requestRescan(store, queue, {
        cause: 'request',
        request: checked,
        requestedBy: name,
        at: clock(),
      });
      await audit(name, 'rescan-started', `rescan/${id}`);
      return { id };
    },
  );

  api.get(
    '/v1/rescans/:id',
    { schema: { params: IdParams, response: answers(RescanResultSchema) } },
    async (request) => {
      lead(request);
      const { id } = request.params;
      const job = await loadRescanJob(store.pool, id);
      if (job === null) throw new ProblemError('not-found');
      const { state, error, progress } = job;
      const findings = await listRescanFindings(store.pool, id, { limit: FINDINGS_SHOWN });
      return {
        id,
        state,
        error,
        examined: progress.examined,
        unreadable: progress.unreadable,
        findings: progress.findings,
        items: findings.map(({ standing, detection: { post, evidence } }) => ({
          standing,
          creatorId: post.creatorId,
          platform: post.platform,
          campaignId: evidence.campaignId,
          item: evidence.itemId,
          confidence: evidence.confidence,
          publishedAt: post.publishedAt,
        })),
      };
    },
  );

  api.post(
    '/v1/rescans/:id/changes',
    { schema: { params: IdParams, body: RescanChangeSchema, response: answers(RescanResultIds) } },
    async (request) => {
      const { name } = lead(request);
      const { id } = request.params;
      const { change } = request.body;
      const changed = await changeRescan(store, await context.rescans.get(), id, change, clock());
      await audit(name, `rescan-${change}`, `rescan/${id}`);
      return { changed };
    },
  );

  api.post(
    '/v1/dead-letters/replay',
    { schema: { body: ReplayRequestSchema, response: answers(ReplayAnswerSchema) } },
    async (request) => {
      const { name } = lead(request);
      const failed: { id: string; message: string }[] = [];
      const { ids } = request.body;
      for (const id of ids) {
        try {
          await replayDeadLetter(log, store.pool, id, {
            loadPayload: async (sha256) => (await loadBlob(store.pool, sha256))?.bytes ?? null,
            ...(context.takeAgain === undefined ? {} : { takeAgain: context.takeAgain }),
          });
          await audit(name, 'dead-letter-replayed', `dead-letter/${id}`);
        } catch (error) {
          // A letter that fails again stays open; the others go on.
          context.logger.debug({ error: messageOf(error) }, 'a dead letter was not replayed');
          failed.push({ id, message: error instanceof ReplayError ? error.message : 'it failed again' });
        }
      }
      return { replayed: ids.length - failed.length, failed };
    },
  );

  api.post(
    '/v1/silences',
    { schema: { body: NewSilenceSchema, response: answers(MadeSilenceSchema) } },
    async (request) => {
      const viewer = context.guard.require(request, 'lead');
      const { endsAt, reason, tier, ...matcher } = request.body;
      const isMine = matcher.campaignId !== undefined && sees(viewer, matcher.campaignId);
      if (viewer.campaigns !== null && !isMine) throw new ProblemError('forbidden');
      const { snapshot, campaigns } = context.names();
      const seen = [...campaigns.values()].filter(({ id }) => sees(viewer, id));
      await checkSilenced(scopeOf(context, request).database.pool, matcher, {
        campaigns: seen,
        creators: snapshot?.creators ?? [],
      });
      const made = await store.transaction(async (tx) => {
        const wanted = {
          matcher: { ...matcher, ...(tier === undefined ? {} : { tier: TierSchema.parse(tier) }) },
          startsAt: null,
          endsAt: new Date(endsAt),
          reason,
          by: viewer.name,
        };
        const one = await silence({ pool: tx }, wanted, clock);
        const act = { actor: viewer.name, action: 'silenced', subject: `silence/${one.id}` };
        await appendAudit(tx, { ...act, detail: { ...wanted.matcher, endsAt, reason } });
        return one;
      });
      return { id: made.id, endsAt: made.endsAt.toISOString() };
    },
  );

  api.delete(
    '/v1/silences/:id',
    {
      schema: {
        params: z.object({ id: RowNumberSchema }),
        response: answers(MadeSilenceSchema),
      },
    },
    async (request) => {
      const viewer = context.guard.require(request, 'lead');
      const { id } = request.params;
      const visible = await listSilences(scopeOf(context, request).database.pool, clock());
      if (!visible.some((one) => one.id === id)) throw new ProblemError('not-found');
      const ended = await store.transaction(async (tx) => {
        const one = await endSilence(tx, id, { by: viewer.name, at: clock() });
        if (one === null) throw new ProblemError('not-found');
        await appendAudit(tx, { actor: viewer.name, action: 'silence-ended', subject: `silence/${id}` });
        return one;
      });
      return { id: ended.id, endsAt: ended.endsAt.toISOString() };
    },
  );
}

const RescanResultIds = z.object({ changed: z.array(z.string()) });
