import { loadCoverage, readStanding } from '@leakwatch/alerting/measure';
import { listKeptTiers, type KeptTier } from '@leakwatch/alerting/tiers';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { scopeOf, type ConsoleContext } from '../context.ts';
import { countIncidentsOf, listNewestMoves } from '../creators/queries/creator-facts.ts';
import { CreatorsSchema, TierSchema } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const MOVES_SHOWN = 30;

const CreatorsQuery = z.object({
  q: z.string().trim().max(100).optional(),
  tier: z.coerce.number().pipe(TierSchema).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** Who is watched, how closely and why, and whether they are heard. */
export function addCreators(server: FastifyInstance, context: ConsoleContext): void {
  const standingNow = keepStanding(context);
  typed(server).get(
    '/v1/creators',
    { schema: { querystring: CreatorsQuery, response: answers(CreatorsSchema) } },
    async (request) => {
      const { database, presentation } = scopeOf(context, request);
      const { q = '', tier, limit } = request.query;
      const { pool } = database;
      const standing = await standingNow();
      const [coverage, kept, moved] = await Promise.all([
        loadCoverage(pool, { ...standing, at: presentation.at }),
        listKeptTiers(pool),
        listNewestMoves(pool, MOVES_SHOWN),
      ]);
      const word = q.toLowerCase();
      const matching = coverage.filter(({ creatorId }) => {
        const { name = '', accounts = [] } = presentation.names.creators.get(creatorId) ?? {};
        const texts = [creatorId, name, ...accounts.flatMap(({ handle }) => handle ?? [])];
        return word === '' || texts.some((text) => text.toLowerCase().includes(word));
      });
      const shown = matching
        .filter((one) => tier === undefined || one.tier === tier)
        .toSorted((one, other) => CLOSENESS.indexOf(one.tier) - CLOSENESS.indexOf(other.tier));
      const page = shown.slice(0, limit);
      const counts = await countIncidentsOf(
        pool,
        page.map(({ creatorId }) => creatorId),
      );
      const keptOf = groupByCreator(kept);
      return {
        items: page.map(({ creatorId, tier: its, state, why, lastHeardAt }) => {
          const creator = presentation.names.creators.get(creatorId);
          const decided = closest(keptOf.get(creatorId));
          const { incidents = 0, openIncidents = 0, confirmed = 0 } = counts.get(creatorId) ?? {};
          return {
            id: creatorId,
            name: creator?.name ?? creatorId,
            accounts:
              creator?.accounts.map(({ platform, handle }) => ({ platform, handle: handle ?? null })) ?? [],
            followers: creator?.risk.followers ?? 0,
            tier: its,
            riskScore: decided?.riskScore ?? null,
            reasons: decided?.reasons ?? [],
            coverage: state,
            coverageWhy: why,
            lastHeardAt,
            incidents,
            openIncidents,
            confirmed,
            partnerships: creator?.risk.partnerships ?? 0,
          };
        }),
        total: shown.length,
        tiers: CLOSENESS.map((one) => ({
          tier: one,
          count: matching.filter((creator) => creator.tier === one).length,
        })).filter(({ count }) => count > 0),
        moved: moved.map((move) => ({ ...move, at: move.at.toISOString() })),
      };
    },
  );
}

/** Reads the watch list and the rules once for each version of the list: with thousands of creators this takes a while. */
function keepStanding({ store, alerting, names }: ConsoleContext): () => ReturnType<typeof readStanding> {
  let kept: { readonly version: number; readonly standing: Awaited<ReturnType<typeof readStanding>> } | null =
    null;
  return async () => {
    const version = names().snapshot?.version ?? 0;
    if (kept?.version !== version) kept = { version, standing: await readStanding(store.pool, alerting) };
    return kept.standing;
  };
}

/** From the closest watched on. */
const CLOSENESS: readonly number[] = [4, 3, 5, 2, 1];

function closest(kept: readonly KeptTier[] = []): KeptTier | undefined {
  return kept.toSorted((one, other) => CLOSENESS.indexOf(one.tier) - CLOSENESS.indexOf(other.tier))[0];
}

function groupByCreator(kept: readonly KeptTier[]): ReadonlyMap<string, KeptTier[]> {
  const groups = new Map<string, KeptTier[]>();
  for (const one of kept) {
    const group = groups.get(one.creatorId);
    if (group === undefined) groups.set(one.creatorId, [one]);
    else group.push(one);
  }
  return groups;
}
