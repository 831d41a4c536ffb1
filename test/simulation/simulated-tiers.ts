import { type AttentionSpan } from '@leakwatch/alerting/measure';
import { type Creator, type Tier } from '@leakwatch/contracts';
import { decideTier, type PastAlert, type Ruleset, type TierDecision } from '@leakwatch/tier-rules';
import { isBriefed, isSecret, type Season } from './invent-season.ts';

export interface TierMove {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly at: Date;
  readonly from: Tier;
  readonly to: Tier;
  readonly reasons: readonly string[];
}

export interface SimulatedTiers {
  /** The creator's tiers at an instant; call with rising instants only. */
  spansAt(at: Date, history: readonly PastAlert[]): readonly AttentionSpan[];
  moves(): readonly TierMove[];
}

/** Decides one creator's tiers through a season: after each alert, and when the last decision asks for it. */
export function followTiers({ campaigns }: Season, creator: Creator, ruleset: Ruleset): SimulatedTiers {
  const moves: TierMove[] = [];
  const briefed = campaigns.filter((campaign) => isBriefed(campaign, creator));
  const decided = new Map<string, TierDecision>();
  let spans: readonly AttentionSpan[] = [];
  let redoMs = -Infinity;
  let alerts = 0;

  const decideAll = (at: Date, history: readonly PastAlert[]) => {
    const secret = briefed.filter((campaign) => isSecret(campaign, at));
    spans = secret.map((campaign) => {
      const { sensitivity, niche = '', competitiveMarket = false } = campaign;
      const facts = { sensitivity, niche, competitiveMarket };
      const decision = decideTier({
        ruleset,
        creator: creator.risk,
        campaign: facts,
        history,
        pin: null,
        now: at,
      });
      const before = decided.get(campaign.id);
      if (before !== undefined && before.tier !== decision.tier) {
        const { tier: to, reasons } = decision;
        moves.push({ creatorId: creator.id, campaignId: campaign.id, at, from: before.tier, to, reasons });
      }
      decided.set(campaign.id, decision);
      const { embargo } = campaign;
      return {
        tier: decision.tier,
        secretUntilMs: embargo === undefined ? Infinity : Date.parse(embargo.liftsAt),
      };
    });
  };
  return {
    spansAt: (at, history) => {
      if (at.getTime() >= redoMs || history.length !== alerts) {
        decideAll(at, history);
        alerts = history.length;
        redoMs = nextChange(at, history, [...decided.values()]);
      }
      return spans;
    },
    moves: () => moves,
  };
}

/** The next instant at which an alert opens or is resolved, or a decision changes by itself. */
function nextChange(at: Date, history: readonly PastAlert[], decisions: readonly TierDecision[]): number {
  const instants = [
    ...history.flatMap(({ openedAt, resolvedAt }) => [openedAt, resolvedAt]),
    ...decisions.map(({ changesAt }) => changesAt),
  ];
  return instants.reduce(
    (next, instant) => (instant !== null && instant > at ? Math.min(next, instant.getTime()) : next),
    Infinity,
  );
}
