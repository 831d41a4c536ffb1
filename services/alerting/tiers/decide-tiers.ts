import { addLookBacks, type Queryable, type Store } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { loadStandings } from '../judge/standing.ts';
import { type CampaignFollower, type WatchedCampaigns } from '../judge/watched-campaigns.ts';
import { indexBriefs, type Briefs } from './briefs.ts';
import { decideCreator } from './decide-creator.ts';
import {
  deleteKeptTiers,
  forgetCreatorsBut,
  listCreatorsDue,
  listKeptTiers,
  saveKeptTiers,
  type KeptTier,
} from './queries/kept-tiers.ts';
import { addTierChanges } from './queries/tier-changes.ts';
import { takeTierHappenings, tryLockTiers, type TierHappening } from './queries/tiers-to-decide.ts';

/** Creators a turn because something happened to them or their time has come. */
const CREATORS_A_TURN = 50;
/** Pairs of creator and campaign a turn because the watch list or the ruleset changed. */
const PAIRS_A_TURN = 1000;

export interface TierOptions {
  readonly campaigns: Pick<CampaignFollower, 'current'>;
  readonly ruleset: () => Ruleset;
  readonly clock: () => Date;
}

/** Decides tiers, and remembers how far it has walked through the current watch list and ruleset. */
export interface TierDecider {
  /**
   * One round: creators to whom something happened, whose time has come, or whose tiers are of an older watch list or
   * ruleset. It is one transaction, by one process at a time. Gives how many creators were looked at, or null while
   * another process is deciding.
   */
  turn(): Promise<number | null>;
}

/** A walk through all creators, for one watch list and ruleset. */
interface Walk {
  readonly briefs: Briefs;
  readonly ruleset: Ruleset;
  /** Number of the watch list's creators processed so far. */
  seen: number;
}

export function createTierDecider(
  store: Pick<Store, 'transaction'>,
  { campaigns, ruleset, clock }: TierOptions,
): TierDecider {
  let walk: Walk | null = null;
  const walkNow = (watched: WatchedCampaigns, rules: Ruleset): Walk => {
    const isSame = walk?.briefs.watched === watched && walk.ruleset.hash === rules.hash;
    walk = walk !== null && isSame ? walk : { briefs: indexBriefs(watched), ruleset: rules, seen: 0 };
    return walk;
  };
  return {
    turn: async () => {
      const current = walkNow(campaigns.current(), ruleset());
      const next = nextCreators(current);
      const looked = await store.transaction(async (tx) => {
        if (!(await tryLockTiers(tx))) return null;
        if (current.seen === 0) await forgetCreatorsBut(tx, [...current.briefs.watched.creators.keys()]);
        const happenings = await takeTierHappenings(tx, CREATORS_A_TURN);
        const due = await listCreatorsDue(tx, clock(), CREATORS_A_TURN);
        const touched = new Set([...happenings.keys(), ...due]);
        await decide(tx, new Set([...touched, ...next]), happenings, touched, { ...current, at: clock() });
        return touched.size + next.length;
      });
      if (looked !== null) current.seen += next.length;
      return looked;
    },
  };
}

/** The next creators of the walk, as many as have few enough campaigns in total. */
function nextCreators({ briefs, seen }: Walk): string[] {
  const next: string[] = [];
  let pairs = 0;
  for (const creatorId of [...briefs.watched.creators.keys()].slice(seen)) {
    next.push(creatorId);
    pairs += briefs.campaignsOf(creatorId).length;
    if (pairs >= PAIRS_A_TURN || next.length >= PAIRS_A_TURN) break;
  }
  return next;
}

async function decide(
  tx: Queryable,
  creatorIds: ReadonlySet<string>,
  happenings: ReadonlyMap<string, TierHappening>,
  touched: ReadonlySet<string>,
  basis: { briefs: Briefs; ruleset: Ruleset; at: Date },
): Promise<void> {
  if (creatorIds.size === 0) return;
  const kept = new Map<string, KeptTier[]>([...creatorIds].map((id) => [id, []]));
  for (const tier of await listKeptTiers(tx, { creatorIds: [...creatorIds] })) {
    kept.get(tier.creatorId)?.push(tier);
  }
  const open = [...kept].filter(([id, tiers]) => touched.has(id) || !isFresh(id, tiers, basis));
  const standingOf = await loadStandings(
    tx,
    open.map(([id]) => id),
  );
  const decided = open.map(([id, tiers]) =>
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

/** Whether all of a creator's tiers are of this watch list and ruleset. */
function isFresh(
  creatorId: string,
  kept: readonly KeptTier[],
  { briefs, ruleset }: { briefs: Briefs; ruleset: Ruleset },
): boolean {
  return (
    kept.length === briefs.campaignsOf(creatorId).length &&
    kept.every(
      ({ watchListVersion, rulesetHash }) =>
        watchListVersion === briefs.watched.version && rulesetHash === ruleset.hash,
    )
  );
}
