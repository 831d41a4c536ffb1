/**
 * A creator's tier for one campaign at an instant, from everything that bears on it. Nothing is remembered between two calls: the
 * way down after a serious alert is worked out from when it was closed, so whoever asks, whenever, gets the same answer.
 *
 *   a serious alert opens ──▶ 4 ── closed ──▶ 4 ──▶ 3 ──▶ 2 ──▶ what else holds
 *                                             └ holdDays of each ┘
 *
 * A pin stands above all of it until it expires.
 */
import { type Resolution, type RiskAttributes, type Severity, type Tier } from '@leakwatch/contracts';
import { assignTier, type TierAssignment } from './assign-tier.ts';
import { type Ruleset } from './compile-ruleset.ts';
import { tierDefinition } from './evaluate-ruleset.ts';
import { type CampaignFacts, type CreatorFacts } from './facts.ts';

/** One of a creator's alerts, in whatever campaign, as far as tiers care. */
export interface PastAlert {
  readonly openedAt: Date;
  /** Null while it is not resolved. */
  readonly resolvedAt: Date | null;
  readonly severity: Severity;
  /** Null while it is not resolved. */
  readonly resolution: Resolution | null;
}

/** An analyst's word, for a time. */
export interface TierPin {
  readonly tier: Tier;
  readonly by: string;
  readonly reason: string;
  readonly pinnedAt: Date;
  readonly expiresAt: Date;
}

export interface TierQuestion {
  readonly ruleset: Ruleset;
  /** What the brand knows of them; null: an account that no brand has registered. */
  readonly creator: RiskAttributes | null;
  readonly campaign: CampaignFacts;
  /** All of the creator's alerts; those opened after `now` are not yet known. */
  readonly history: readonly PastAlert[];
  readonly pin: TierPin | null;
  readonly now: Date;
}

export interface TierDecision extends TierAssignment {
  readonly isPinned: boolean;
  /** When it has to be decided again though nothing happens until then; null: never. */
  readonly changesAt: Date | null;
  /** What rules may ask of the creator. */
  readonly creatorFacts: CreatorFacts;
}

const DAY_MS = 24 * 3_600_000;

/** From the closest to the least close. */
export const TIERS_BY_CLOSENESS: readonly Tier[] = [4, 3, 2, 1, 5];

/** @throws ExpressionFailure where a condition of the ruleset breaks on these facts */
export function decideTier(question: TierQuestion): TierDecision {
  const { ruleset, creator, campaign, pin, now } = question;
  const past = lookBack(question);
  const creatorFacts = creatorFactsFrom(creator, past);
  const assigned = assignTier(ruleset, creatorFacts, campaign);
  const descent = creator === null ? null : descentAt(ruleset, past, now);
  const held =
    descent !== null && isCloser(descent.tier, assigned.tier)
      ? { ...assigned, tier: descent.tier, reasons: [descent.reason, ...assigned.scoreReasons] }
      : assigned;
  const isPinned = pin !== null && pin.pinnedAt <= now && now < pin.expiresAt;
  const decided = isPinned
    ? { ...held, tier: pin.tier, reasons: [reasonOf(pin), ...held.scoreReasons] }
    : held;
  const changes = [
    isPinned ? pin.expiresAt : null,
    descent?.until ?? null,
    creator === null ? null : past.forgetsAt,
  ];
  return { ...decided, isPinned, creatorFacts, changesAt: earliest(changes) };
}

export function isCloser(one: Tier, than: Tier): boolean {
  return TIERS_BY_CLOSENESS.indexOf(one) < TIERS_BY_CLOSENESS.indexOf(than);
}

interface Past {
  readonly recentLeaks: number;
  readonly pastLeaks: number;
  readonly openSerious: number;
  /** When the last serious alert was closed; null where none was. */
  readonly seriousClosedAt: Date | null;
  /** When the next of the recent leaks stops being recent; null: there is none. */
  readonly forgetsAt: Date | null;
}

/** What the alerts say at an instant: one that was closed later is still open then. */
function lookBack({ ruleset, history, now }: TierQuestion): Past {
  const windowMs = ruleset.leakWindowDays * DAY_MS;
  const known = history.filter(({ openedAt, resolution }) => openedAt <= now && resolution !== 'duplicate');
  const closed = known.flatMap((alert) =>
    alert.resolvedAt !== null && alert.resolvedAt <= now ? [{ ...alert, at: alert.resolvedAt }] : [],
  );
  const leaks = closed.filter(({ resolution }) => resolution === 'confirmed');
  const forgotten = leaks
    .map(({ at }) => new Date(at.getTime() + windowMs))
    .filter((forgottenAt) => forgottenAt > now);
  const serious = known.filter(isSerious).length;
  const closedSerious = closed.filter(isSerious);
  return {
    recentLeaks: forgotten.length,
    pastLeaks: leaks.length,
    openSerious: serious - closedSerious.length,
    seriousClosedAt: latest(closedSerious.map(({ at }) => at)),
    forgetsAt: earliest(forgotten),
  };
}

export function isSerious({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'high' || severity === 'critical';
}

const UNREGISTERED: CreatorFacts = {
  registered: false,
  partnerships: 0,
  confirmedLeaks: 0,
  concurrentPartnerships: 0,
  trusted: false,
  underInvestigation: false,
  followers: 0,
  professionalism: 0,
  compliance: 0,
  audienceRelationship: 0,
  technicalCapability: 0,
  businessMaturity: 0,
  recentLeaks: 0,
  pastLeaks: 0,
  openSerious: 0,
};

function creatorFactsFrom(creator: RiskAttributes | null, past: Past): CreatorFacts {
  const { recentLeaks, pastLeaks, openSerious } = past;
  const known =
    creator === null ? UNREGISTERED : { ...UNREGISTERED, ...withoutGaps(creator), registered: true };
  return { ...known, recentLeaks, pastLeaks, openSerious };
}

/** A grade that the brand has not given is 0, as of those who are not registered. */
function withoutGaps(creator: RiskAttributes) {
  const { professionalism = 0, compliance = 0, audienceRelationship = 0 } = creator;
  const { technicalCapability = 0, businessMaturity = 0 } = creator;
  return {
    ...creator,
    professionalism,
    compliance,
    audienceRelationship,
    technicalCapability,
    businessMaturity,
  };
}

/** The step of the way down on which a creator is; null where they are not on it. */
function descentAt(
  ruleset: Ruleset,
  { openSerious, seriousClosedAt }: Past,
  now: Date,
): { tier: Tier; reason: string; until: Date } | null {
  if (openSerious > 0 || seriousClosedAt === null) return null;
  let endsMs = seriousClosedAt.getTime();
  for (const tier of [4, 3, 2] as const) {
    endsMs += tierDefinition(ruleset, tier).holdDays * DAY_MS;
    if (now.getTime() >= endsMs) continue;
    const until = new Date(endsMs);
    const closed = `after a serious alert closed on ${dayOf(seriousClosedAt)}`;
    return { tier, until, reason: `${closed}: tier ${tier} until ${dayOf(until)}` };
  }
  return null;
}

function reasonOf({ by, reason, expiresAt }: TierPin): string {
  return `pinned by ${by} until ${expiresAt.toISOString()}: ${reason}`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function earliest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null);
}

function latest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}
