import { countTips, decideTip, findAlert, listTips, receiveTip } from '@leakwatch/alerting/desk';
import { SenderClassSchema, TipRequestSchema, TipStateSchema } from '@leakwatch/contracts';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sees, type Viewer } from '../access/viewer.ts';
import { appendAudit, audited } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { mayLink } from '../incidents/may-link.ts';
import { ProblemError } from '../problems.ts';
import { IdSchema } from '../schemas/index.ts';
import { AddedTipSchema, TipDecisionSchema, TipsSchema } from '../schemas/desk.ts';
import { isTipSeen } from '../incidents/queries/is-tip-seen.ts';
import { answers, typed } from './route-helpers.ts';

const TipsQuery = z.strictObject({
  state: TipStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Tips about leaks: read, noted for people who called, decided. A tip without a campaign is for those who see all. */
export function addTips(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard, clock } = context;
  const api = typed(server);

  api.get(
    '/v1/tips',
    { schema: { querystring: TipsQuery, response: answers(TipsSchema) } },
    async (request) => {
      guard.require(request, 'work');
      const { viewer, database, presentation } = scopeOf(context, request);
      const { state = null, limit } = request.query;
      const [tips, counts] = await Promise.all([
        listTips(database.pool, { state, limit, alertId: null }),
        viewer.campaigns === null ? countTips(database.pool) : null,
      ]);
      return {
        items: tips.map((tip) => ({
          id: tip.id,
          senderClass: tip.senderClass,
          campaignId: tip.campaignId,
          seen: presentation.redacted ? '' : tip.seen,
          links: tip.links.filter(mayLink),
          state: tip.state,
          alertId: tip.alertId,
          verdict: tip.verdict,
          decidedBy: tip.decidedBy,
          reason: tip.reason,
          receivedAt: tip.receivedAt.toISOString(),
        })),
        counts,
      };
    },
  );

  api.post(
    '/v1/tips',
    {
      schema: {
        body: z.strictObject({ tip: TipRequestSchema, class: SenderClassSchema.default('analyst') }),
        response: answers(AddedTipSchema),
      },
    },
    async (request) => {
      const viewer = guard.require(request, 'work');
      const { tip, class: senderClass } = request.body;
      checkCampaign(viewer, tip.campaignId ?? null);
      const id = await store.transaction(async (tx) => {
        const received = await receiveTip(tx, tip, {
          sender: { name: viewer.name, class: senderClass },
          key: null,
        });
        await appendAudit(tx, { actor: viewer.name, action: 'tip-added', subject: `tip/${received.id}` });
        return received.id;
      });
      return { id };
    },
  );

  api.post(
    '/v1/tips/:id/decision',
    {
      schema: {
        params: z.object({ id: IdSchema }),
        body: TipDecisionSchema,
        response: answers(AddedTipSchema),
      },
    },
    async (request) => {
      const viewer = guard.require(request, 'work');
      const { id } = request.params;
      const { database } = scopeOf(context, request);
      if (!(await isTipSeen(database.pool, id))) throw new ProblemError('not-found');
      const decision = await decisionOf(request.body);
      const act = {
        actor: viewer.name,
        action: 'tip-decided',
        subject: `tip/${id}`,
        detail: { kind: decision.kind },
      };
      await decideTip(audited(store, act), { id, by: viewer.name, decision }, clock);
      return { id };

      async function decisionOf(body: z.infer<typeof TipDecisionSchema>) {
        if (body.kind === 'dismiss') return body;
        if (body.kind === 'attach') {
          return { kind: body.kind, alertId: (await findAlert(database, body.alertId)).id };
        }
        const campaignId = body.verdict === 'leak' ? body.campaignId : null;
        if (campaignId !== null) checkCampaign(viewer, campaignId);
        return { kind: body.kind, verdict: body.verdict, campaignId };
      }
    },
  );
}

/** A viewer of some campaigns names one of them. */
function checkCampaign(viewer: Viewer, campaignId: string | null): void {
  const isMine = campaignId === null ? viewer.campaigns === null : sees(viewer, campaignId);
  if (!isMine) throw new ProblemError('forbidden');
}
