import { loadCoverage, loadPostCounts } from '@leakwatch/alerting/measure';
import { listKeptTiers } from '@leakwatch/alerting/tiers';
import { TIERS_BY_CLOSENESS, type Creator } from '@leakwatch/contracts';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { createCreatorBoard } from '../creators/creator-board.ts';
import { countPlaces, placeInMatrix } from '../creators/place-in-matrix.ts';
import { countIncidentsOf, listNewestMoves } from '../creators/queries/creator-facts.ts';
import { ProblemError } from '../problems.ts';
import { CreatorsSchema, TierSchema } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const MOVES_SHOWN = 30;

const CreatorsQuery = z.strictObject({
  q: z.string().trim().max(100).optional(),
  tier: z.coerce.number().pipe(TierSchema).optional(),
  /** The last creator of the page before, as that page gives it. */
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Who is watched, how closely and why, and whether they are heard. */
export function addCreators(server: FastifyInstance, context: ConsoleContext): void {
  const board = createCreatorBoard(context);
  typed(server).get(
    '/v1/creators',
    { schema: { querystring: CreatorsQuery, response: answers(CreatorsSchema) } },
    async (request) => {
      const { database, presentation } = scopeOf(context, request);
      const { q = '', tier, cursor, limit } = request.query;
      const { at, names } = presentation;
      const [all, moved] = await database.transaction(
        async (tx) => [await board.list(tx, at), await listNewestMoves(tx, MOVES_SHOWN)] as const,
      );
      const matching = q === '' ? all : all.filter(({ creator }) => isFoundBy(creator, q.toLowerCase()));
      const shown = tier === undefined ? matching : matching.filter((one) => one.tier === tier);
      const page = pageAfter(shown, cursor, limit);
      const ids = page.items.map(({ creator }) => creator.id);
      const standing = await board.standing();
      const [[coverage, kept, incidents], posts] = await Promise.all([
        database.transaction(async (tx) => {
          const tiers = await listKeptTiers(tx, { creatorIds: ids });
          const own = await loadCoverage(tx, { ...standing, at, kept: tiers }, ids);
          return [own, tiers, await countIncidentsOf(tx, ids)] as const;
        }),
        // The count belongs to no campaign, so row-level security does not apply.
        loadPostCounts(context.store.pool, ids),
      ]);
      const heard = new Map(coverage.map((one) => [one.creatorId, one]));
      const reasons = new Map(kept.map((one) => [`${one.creatorId} ${one.campaignId}`, one.reasons]));
      return {
        items: page.items.map(({ creator, tier: its, riskScore, campaignId }) => ({
          id: creator.id,
          name: creator.name ?? creator.id,
          accounts: creator.accounts.map(({ platform, handle }) => ({ platform, handle: handle ?? null })),
          followers: creator.risk.followers,
          tier: its,
          riskScore,
          reasons: reasons.get(`${creator.id} ${campaignId}`) ?? [],
          coverage: heard.get(creator.id)?.state ?? 'uncollectable',
          coverageWhy: heard.get(creator.id)?.why ?? '',
          postsHeard: posts.get(creator.id) ?? 0,
          lastHeardAt: heard.get(creator.id)?.lastHeardAt ?? null,
          ...(incidents.get(creator.id) ?? NO_INCIDENTS),
          partnerships: creator.risk.partnerships,
        })),
        nextCursor: page.nextCursor,
        total: shown.length,
        tiers: TIERS_BY_CLOSENESS.map((one) => ({
          tier: one,
          count: matching.filter((creator) => creator.tier === one).length,
        })).filter(({ count }) => count > 0),
        matrix: countPlaces(
          shown.map(({ creator, riskScore }) =>
            placeInMatrix({ riskScore, followers: creator.risk.followers }),
          ),
        ),
        moved: moved.map((move) => ({
          ...move,
          name: names.creators.get(move.creatorId)?.name ?? move.creatorId,
          campaign: names.campaigns.get(move.campaignId)?.name ?? move.campaignId,
          at: move.at.toISOString(),
        })),
      };
    },
  );
}

const NO_INCIDENTS = { incidents: 0, openIncidents: 0, confirmed: 0, falseAlarms: 0, approved: 0 };

function isFoundBy({ id, name = '', accounts }: Creator, word: string): boolean {
  return [id, name, ...accounts.flatMap(({ handle }) => handle ?? [])].some((text) =>
    text.toLowerCase().includes(word),
  );
}

/** Gives the page after a creator. */
function pageAfter<T extends { readonly creator: Creator }>(
  all: readonly T[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const last = cursor === undefined ? -1 : all.findIndex(({ creator }) => creator.id === cursor);
  if (cursor !== undefined && last === -1) {
    throw new ProblemError('bad-request', { problems: ['querystring/cursor: no page gave this cursor'] });
  }
  const items = all.slice(last + 1, last + 1 + limit);
  const hasMore = last + 1 + limit < all.length;
  return { items, nextCursor: hasMore ? (items.at(-1)?.creator.id ?? null) : null };
}
