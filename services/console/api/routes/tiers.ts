import { listKeptTiers, listTierChanges, pinTier, unpinTier } from '@leakwatch/alerting/tiers';
import { TierSchema } from '@leakwatch/contracts';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sees } from '../access/viewer.ts';
import { audited } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { NameSchema } from '../schemas/index.ts';
import { EndedPinSchema, NewPinSchema, TiersOfSchema } from '../schemas/desk.ts';
import { answers, typed } from './route-helpers.ts';

/** A creator's tiers, and pins that override the rules for a time. */
export function addTiers(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard, clock } = context;
  const api = typed(server);
  const tiersOf = async (request: FastifyRequest, creatorId: string) => {
    const { pool } = scopeOf(context, request).database;
    const [tiers, changes] = await Promise.all([
      listKeptTiers(pool, { creatorIds: [creatorId] }),
      listTierChanges(pool, creatorId),
    ]);
    return {
      items: tiers.map(({ campaignId, tier, riskScore, reasons, pinned, since }) => ({
        campaignId,
        tier,
        riskScore,
        reasons,
        pinned,
        since: since.toISOString(),
      })),
      changes: changes.map(({ campaignId, fromTier, toTier, cause, reasons, changedAt }) => ({
        campaignId,
        from: fromTier,
        to: toTier,
        cause,
        reasons,
        at: changedAt.toISOString(),
      })),
    };
  };
  const leadOf = (request: FastifyRequest, campaignId: string): string => {
    const viewer = guard.require(request, 'lead');
    // As for a campaign that does not exist.
    if (!sees(viewer, campaignId)) throw new ProblemError('not-found');
    return viewer.name;
  };

  api.get(
    '/v1/tiers',
    { schema: { querystring: z.strictObject({ creator: NameSchema }), response: answers(TiersOfSchema) } },
    (request) => tiersOf(request, request.query.creator),
  );

  api.post(
    '/v1/tier-pins',
    { schema: { body: NewPinSchema, response: answers(TiersOfSchema) } },
    async (request) => {
      const { expiresAt, tier, ...pin } = request.body;
      const by = leadOf(request, pin.campaignId);
      const act = {
        actor: by,
        action: 'tier-pinned',
        subject: 'tier-pin',
        detail: { ...pin, tier, expiresAt },
      };
      const wanted = { ...pin, tier: TierSchema.parse(tier), by, expiresAt: new Date(expiresAt) };
      await pinTier(audited(store, act), wanted, clock());
      return tiersOf(request, pin.creatorId);
    },
  );

  api.post(
    '/v1/tier-pins/end',
    { schema: { body: EndedPinSchema, response: answers(TiersOfSchema) } },
    async (request) => {
      const by = leadOf(request, request.body.campaignId);
      const act = { actor: by, action: 'tier-unpinned', subject: 'tier-pin', detail: request.body };
      await unpinTier(audited(store, act), { ...request.body, by }, clock());
      return tiersOf(request, request.body.creatorId);
    },
  );
}
