import { scoreSeverity } from '@leakwatch/alerting/incidents';
import { SeveritySchema, WatchListSchema, type Severity, type WatchList } from '@leakwatch/contracts';
import { createMockSource } from '@leakwatch/ingest';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  decideTier,
  evaluate,
  type PastAlert,
} from '@leakwatch/tier-rules';

const HOUR_MS = 3_600_000;
const RULESET = compileRuleset(BUILT_IN_RULESET);

/** A leak as it is planted: who told what of which campaign, when, and how sure the matcher is. */
export interface PlantedLeak {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly kind: 'term' | 'asset';
  readonly confidence: number;
  readonly at: Date;
}

export interface JudgedIncident {
  severity: Severity;
  posts: number;
  readonly sensitivity: string;
  readonly campaignId: string;
  /** The hours that were left to the lift, for each of its leaks. */
  readonly hoursLeft: number[];
  openedAt: Date;
}

/** The incidents of planted leaks, judged by the built-in rules, none of them resolved. */
export function judgeLeaks(list: WatchList, leaks: readonly PlantedLeak[]): JudgedIncident[] {
  const incidents = new Map<string, JudgedIncident & { readonly creatorId: string }>();
  for (const leak of leaks) {
    const campaign = list.campaigns.find(({ id }) => id === leak.campaignId);
    if (campaign === undefined) throw new Error(`no campaign ${leak.campaignId}`);
    const creator = list.creators.find(({ id }) => id === leak.creatorId)?.risk ?? null;
    const history: PastAlert[] = [...incidents.values()]
      .filter(({ creatorId }) => creatorId === leak.creatorId)
      .map(({ severity, openedAt }) => ({ severity, openedAt, resolvedAt: null, resolution: null }));
    const { sensitivity, niche = '', competitiveMarket = false } = campaign;
    const facts = { sensitivity, niche, competitiveMarket };
    const tier = decideTier({ ruleset: RULESET, creator, campaign: facts, history, pin: null, now: leak.at });
    const lift = campaign.embargo?.liftsAt;
    const hoursLeft = lift === undefined ? 876_000 : (Date.parse(lift) - leak.at.getTime()) / HOUR_MS;
    if (hoursLeft <= 0) continue;
    const { match } = evaluate(RULESET, {
      match: {
        kind: leak.kind,
        itemKind: leak.kind === 'term' ? 'product' : '',
        lane: leak.kind === 'term' ? 'text' : 'image',
        confidence: leak.confidence,
        how: [],
        disclosed: true,
      },
      embargo: { dated: lift !== undefined, lifted: false, hoursLeft },
      creator: tier.creatorFacts,
      campaign: facts,
      tier: tier.tier,
    });
    if (match === null) continue;
    const key = `${leak.creatorId} ${leak.campaignId}`;
    const known = incidents.get(key);
    const posts = (known?.posts ?? 0) + 1;
    const { severity } = scoreSeverity({
      level: match.severity,
      confidence: leak.confidence,
      sensitivity,
      hoursLeft,
      followers: tier.creatorFacts.followers,
      tier: tier.tier,
      posts,
    });
    if (known === undefined) {
      incidents.set(key, {
        severity,
        posts,
        sensitivity,
        campaignId: leak.campaignId,
        creatorId: leak.creatorId,
        hoursLeft: [hoursLeft],
        openedAt: leak.at,
      });
      continue;
    }
    known.posts = posts;
    known.hoursLeft.push(hoursLeft);
    const rank = (one: Severity) => SeveritySchema.options.indexOf(one);
    if (rank(severity) > rank(known.severity)) known.severity = severity;
  }
  return [...incidents.values()];
}

/**
 * Gives the leaks of the mock world in so many posts, 20 a second as `up --source mock` sends them.
 *
 * @param liftsInHours - of each campaign from the first post on; null leaves the mock's own dates
 */
export function mockLeaks(
  seed: number,
  posts: number,
  liftsInHours: ((index: number) => number) | null,
): { list: WatchList; leaks: PlantedLeak[] } {
  const source = createMockSource({ seed, ratePerSecond: 20 });
  const begin = Date.parse('2026-11-20T09:00:00Z');
  const list = WatchListSchema.parse(source.watchList());
  const dated =
    liftsInHours === null
      ? list
      : {
          ...list,
          campaigns: list.campaigns.map((campaign, index) => ({
            ...campaign,
            embargo: { liftsAt: new Date(begin + liftsInHours(index) * HOUR_MS).toISOString() },
          })),
        };
  const leaks = Array.from({ length: posts }, (_, n) => ({ n, truth: source.truthOf(n) })).flatMap(
    ({ n, truth }) =>
      truth.leaks.map(({ campaignId, kind }) => ({
        creatorId: truth.creatorId,
        campaignId,
        kind,
        confidence: kind === 'term' ? 1 : 0.9,
        at: new Date(begin + n * 50),
      })),
  );
  return { list: dated, leaks };
}
