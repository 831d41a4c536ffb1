import { readRules } from '@leakwatch/alerting/judge';
import { attentionBy, readStanding } from '@leakwatch/alerting/measure';
import { fingerprintTiers, loadTierNumbers, type TierNumber } from '@leakwatch/alerting/tiers';
import { TIERS_BY_CLOSENESS, type Creator, type Tier } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { type ConsoleContext } from '../context.ts';

/** A creator with the tier that decides how closely they are watched. */
interface PlacedCreator {
  readonly creator: Creator;
  readonly tier: Tier;
  /** The score behind the closest tier; null: none is decided yet. */
  readonly riskScore: number | null;
  /** The campaign of that tier. */
  readonly campaignId: string | null;
}

type Standing = Awaited<ReturnType<typeof readStanding>>;

export interface CreatorBoard {
  /** The facts that decide coverage and tiers. */
  standing(): Promise<Standing>;
  /** All registered creators, the closest watched first, by the tiers that the database shows. */
  list(db: Queryable, at: Date): Promise<readonly PlacedCreator[]>;
}

/** As many boards as viewers of different campaigns look at in turn. */
const KEPT_BOARDS = 8;

interface KeptBoard {
  readonly placed: readonly PlacedCreator[];
  /** Milliseconds since 1970: an embargo lifts, and its campaign asks for no attention any more. */
  readonly untilMs: number;
}

/**
 * Keeps the board of all creators until something about it changes: the watch list, the rules, a tier, or an embargo that lifts.
 * With thousands of creators it takes a while to work out.
 */
export function createCreatorBoard({
  store,
  alerting,
  names,
}: Pick<ConsoleContext, 'store' | 'alerting' | 'names'>): CreatorBoard {
  let kept: {
    readonly version: number;
    /** The text of the rules. */
    readonly rules: string;
    readonly standing: Standing;
    /** By the fingerprint of the tiers that a viewer sees. */
    readonly boards: Map<string, KeptBoard>;
  } | null = null;
  const current = async () => {
    const version = names().snapshot?.version ?? 0;
    const { text: rules } = await readRules(alerting.rulesFile, store.pool);
    if (kept?.version !== version || kept.rules !== rules) {
      kept = { version, rules, standing: await readStanding(store.pool, alerting), boards: new Map() };
    }
    return kept;
  };
  return {
    standing: async () => (await current()).standing,
    list: async (db, at) => {
      const [{ standing, boards }, tiers] = await Promise.all([current(), fingerprintTiers(db)]);
      const before = boards.get(tiers);
      if (before !== undefined && at.getTime() < before.untilMs) return before.placed;
      const placed = placeCreators(standing, await loadTierNumbers(db), at);
      boards.delete(tiers);
      boards.set(tiers, { placed, untilMs: nextLift(standing, at) });
      const [oldest] = boards.keys();
      if (boards.size > KEPT_BOARDS && oldest !== undefined) boards.delete(oldest);
      return placed;
    },
  };
}

function placeCreators(
  { campaigns, ruleset }: Standing,
  numbers: readonly TierNumber[],
  at: Date,
): PlacedCreator[] {
  const attention = attentionBy(campaigns, ruleset, numbers);
  const closest = new Map<string, TierNumber>();
  for (const one of numbers) {
    const other = closest.get(one.creatorId);
    if (other === undefined || rank(one.tier) < rank(other.tier)) closest.set(one.creatorId, one);
  }
  return [...campaigns.creators.values()]
    .map((creator) => {
      const decided = closest.get(creator.id);
      return {
        creator,
        tier: attention(creator, at).tier,
        riskScore: decided?.riskScore ?? null,
        campaignId: decided?.campaignId ?? null,
      };
    })
    .toSorted((one, other) => rank(one.tier) - rank(other.tier));
}

function nextLift({ campaigns }: Standing, at: Date): number {
  const lifts = [...campaigns.campaigns.values()].flatMap(({ embargo }) =>
    embargo === undefined ? [] : Date.parse(embargo.liftsAt),
  );
  return Math.min(...lifts.filter((lift) => lift > at.getTime()), Infinity);
}

function rank(tier: Tier): number {
  return TIERS_BY_CLOSENESS.indexOf(tier);
}
