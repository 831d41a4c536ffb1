/**
 * Decides a creator's tier for one campaign at an instant, from all its inputs. No state is kept between calls: the way
 * down after a serious alert is computed from when it was closed, so every caller gets the same answer at any time.
 *
 *   a serious alert opens ──▶ 4 ── closed ──▶ 4 ──▶ 3 ──▶ 2 ──▶ what else holds
 *                                             └ holdDays of each ┘
 *
 * A pin overrides everything until it expires.
 */
import {
  TIERS_BY_CLOSENESS,
  type Resolution,
  type RiskAttributes,
  type Severity,
  type Tier,
} from '@leakwatch/contracts';
import { assignTier, type TierAssignment } from './assign-tier.ts';
import { type Ruleset } from './compile-ruleset.ts';
import { tierDefinition } from './evaluate-ruleset.ts';
import { type CampaignFacts, type CreatorFacts } from './facts.ts';

/** One of a creator's alerts, in any campaign, with the fields that tiers need. */
export interface PastAlert {
  readonly openedAt: Date;
  /** Null while it is not resolved. */
  readonly resolvedAt: Date | null;
  readonly severity: Severity;
  /** Null while it is not resolved. */
  readonly resolution: Resolution | null;
}

/** A tier set by an analyst, for a time. */
export interface TierPin {
  readonly tier: Tier;
  readonly by: string;
  readonly reason: string;
  readonly pinnedAt: Date;
  readonly expiresAt: Date;
}

export interface TierQuestion {
  readonly ruleset: Ruleset;
  /** The brand's knowledge of them; null: an account that no brand has registered. */
  readonly creator: RiskAttributes | null;
  readonly campaign: CampaignFacts;
  /** All of the creator's alerts; those opened after `now` are ignored. */
  readonly history: readonly PastAlert[];
  readonly pin: TierPin | null;
  readonly now: Date;
}

export interface TierDecision extends TierAssignment {
  readonly isPinned: boolean;
  /** The time to decide again even if nothing happens until then; null: never. */
  readonly changesAt: Date | null;
  /** Facts about the creator for the rules. */
  readonly creatorFacts: CreatorFacts;
}

const DAY_MS = 24 * 3_600_000;

/** @throws ExpressionFailure if a condition fails on these facts */
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
  /** The time when the last serious alert was closed; null if there was none. */
  readonly seriousClosedAt: Date | null;
  /** The time when the next of the recent leaks stops being recent; null: there is none. */
  readonly forgetsAt: Date | null;
}

/** Reads the alerts as of an instant: one that was closed later is still open then. */
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

/** Missing grades become 0, as for creators who are not registered. */
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

/** The creator's step on the way down; null if they are not on it. */
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
