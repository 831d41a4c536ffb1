import {
  addLookBacks,
  addTierChanges,
  deleteKeptTiers,
  listCreatorsDue,
  listKeptTiers,
  listTierBases,
  saveKeptTiers,
  takeTierHappenings,
  tryLockTiers,
  type KeptTier,
  type Queryable,
  type Store,
  type TierHappening,
} from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { type CampaignFollower, type WatchedCampaigns } from '../watched-campaigns.ts';
import { briefedPairs } from './briefed-pairs.ts';
import { decideCreator } from './decide-creator.ts';
import { loadStandings } from './standing.ts';

const CREATORS_A_TURN = 500;

export interface TierOptions {
  readonly campaigns: Pick<CampaignFollower, 'current'>;
  readonly ruleset: () => Ruleset;
  readonly clock: () => Date;
}

/** Decides tiers, and remembers which watch list and ruleset it is through with. */
export interface TierDecider {
  /**
   * One round: creators to whom something has happened, whose time has come, or whose tiers are of another watch list or ruleset.
   * All of it is one transaction, by one process at a time. Gives how many creators were decided: 0 where nothing is left, or
   * another process is at it.
   */
  turn(): Promise<number>;
}

export function createTierDecider(
  store: Pick<Store, 'transaction'>,
  { campaigns, ruleset, clock }: TierOptions,
): TierDecider {
  let settled = '';
  return {
    turn: async () => {
      const basis = { campaigns: campaigns.current(), ruleset: ruleset(), at: clock() };
      const name = `${basis.campaigns.version} ${basis.ruleset.hash}`;
      const decided = await store.transaction(async (tx) => {
        if (!(await tryLockTiers(tx))) return null;
        const happenings = await takeTierHappenings(tx, CREATORS_A_TURN);
        const due = await listCreatorsDue(tx, basis.at, CREATORS_A_TURN);
        const stale = name === settled ? [] : await findStale(tx, basis.campaigns, basis.ruleset);
        const creators = [...new Set([...happenings.keys(), ...due, ...stale])];
        if (creators.length > 0) await decide(tx, creators, happenings, basis);
        return { creators: creators.length, isSettled: stale.length === 0 };
      });
      if (decided?.isSettled === true) settled = name;
      return decided?.creators ?? 0;
    },
  };
}

async function decide(
  tx: Queryable,
  creatorIds: readonly string[],
  happenings: ReadonlyMap<string, TierHappening>,
  basis: { campaigns: WatchedCampaigns; ruleset: Ruleset; at: Date },
): Promise<void> {
  const standingOf = await loadStandings(tx, creatorIds);
  const kept = new Map<string, KeptTier[]>(creatorIds.map((id) => [id, []]));
  for (const tier of await listKeptTiers(tx, { creatorIds })) kept.get(tier.creatorId)?.push(tier);
  const decided = [...kept].map(([id, tiers]) =>
    decideCreator(id, tiers, happenings.get(id) ?? null, { ...basis, standingOf }),
  );
  await saveKeptTiers(
    tx,
    decided.flatMap(({ tiers }) => tiers),
  );
  await deleteKeptTiers(
    tx,
    decided.flatMap(({ gone }) => gone),
  );
  await addTierChanges(
    tx,
    decided.flatMap(({ changes }) => changes),
  );
  await addLookBacks(
    tx,
    decided.flatMap(({ lookBack }) => lookBack ?? []),
  );
}

/** Creators with a tier too few or too many, or one that another watch list or ruleset has decided: some of them. */
async function findStale(tx: Queryable, watched: WatchedCampaigns, { hash }: Ruleset): Promise<string[]> {
  const expected = briefedPairs(watched);
  const fresh = new Map<string, number>();
  const stale = new Set<string>();
  for (const { creatorId, campaignId, watchListVersion, rulesetHash } of await listTierBases(tx)) {
    const isFresh =
      watchListVersion === watched.version &&
      rulesetHash === hash &&
      expected.get(creatorId)?.has(campaignId) === true;
    if (isFresh) fresh.set(creatorId, (fresh.get(creatorId) ?? 0) + 1);
    else stale.add(creatorId);
  }
  for (const [creatorId, campaignIds] of expected) {
    if (campaignIds.size > (fresh.get(creatorId) ?? 0)) stale.add(creatorId);
  }
  return [...stale].slice(0, CREATORS_A_TURN);
}
