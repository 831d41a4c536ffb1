import { RiskAttributesSchema } from '@leakwatch/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  decideTier,
  isCloser,
  RuleFactsSchema,
  thresholdFor,
  tierDefinition,
  type PastAlert,
  type TierPin,
  type TierQuestion,
} from '../index.ts';

const ruleset = compileRuleset(BUILT_IN_RULESET);
const DAY = 24 * 3_600_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const day = (days: number) => new Date(START + days * DAY);
const NORMAL = { sensitivity: 'normal', niche: '', competitiveMarket: false } as const;
const ORDINARY = RiskAttributesSchema.parse({ partnerships: 3 });

function decide(at: number, more: Partial<TierQuestion> = {}) {
  const question = { ruleset, creator: ORDINARY, campaign: NORMAL, history: [], pin: null, now: day(at) };
  return decideTier({ ...question, ...more });
}

function alert(opened: number, resolved: number | null, traits: Partial<PastAlert> = {}): PastAlert {
  return {
    openedAt: day(opened),
    resolvedAt: resolved === null ? null : day(resolved),
    severity: 'high',
    resolution: resolved === null ? null : 'false-positive',
    ...traits,
  };
}

function pin(traits: Partial<TierPin> = {}): TierPin {
  const said = { by: 'ines', reason: 'met them', pinnedAt: day(0), expiresAt: day(10) };
  return { tier: 2, ...said, ...traits };
}

describe('a serious alert', () => {
  it('moves a creator to tier 4 while it is open, whichever campaign it is of', () => {
    expect(decide(1, { history: [alert(0, null)] })).toMatchObject({ tier: 4, changesAt: null });
    expect(decide(1, { history: [alert(0, null)] }).reasons).toContain('a serious alert is open');
    expect(decide(1, { history: [alert(0, null, { severity: 'medium' })] }).tier).toBe(1);
    expect(decide(1, { history: [alert(2, null)] }).tier).toBe(1);
  });

  it('leads back down step by step when it is closed, and says until when', () => {
    const history = [alert(0, 10)];
    const path = [9, 10, 23, 24, 53, 54].map((at) => decide(at, { history }).tier);
    expect(path).toEqual([4, 3, 3, 2, 2, 1]);
    const decided = decide(12, { history });
    expect(decided.reasons[0]).toBe('after a serious alert closed on 2026-01-11: tier 3 until 2026-01-25');
    expect(decided.changesAt).toEqual(day(24));
  });

  it('leads up again at once where another opens on the way down', () => {
    const history = [alert(0, 10), alert(30, 31)];
    expect([29, 30, 31, 45].map((at) => decide(at, { history }).tier)).toEqual([2, 4, 3, 2]);
  });

  it('that was a duplicate never counted', () => {
    expect(decide(5, { history: [alert(0, 4, { resolution: 'duplicate' })] }).tier).toBe(1);
  });

  it('of an account that no brand has registered changes nothing', () => {
    expect(decide(1, { creator: null, history: [alert(0, null)] }).tier).toBe(1);
  });
});

describe('a confirmed leak', () => {
  it('keeps a creator in focus for 90 days, costs a trusted partner that name, and is remembered in points', () => {
    const history = [alert(0, 1, { severity: 'low', resolution: 'confirmed' })];
    const trusted = RiskAttributesSchema.parse({ partnerships: 9, trusted: true });
    expect(decide(0.5, { history, creator: trusted }).tier).toBe(5);
    const focused = decide(2, { history, creator: trusted });
    expect(focused.tier).toBe(3);
    expect(focused.reasons).toContain('a leak was confirmed in the last 90 days');
    expect(focused.reasons).toContain('+20 one confirmed leak in 90 days');
    expect(focused.changesAt).toEqual(day(91));
    expect(decide(91, { history }).reasons).toContain('+10 a confirmed leak longer ago');
    expect(decide(91, { history }).tier).toBe(1);
  });
});

describe('a pin', () => {
  it('stands above everything until it expires, and says whose it is', () => {
    const history = [alert(0, null)];
    const pinned = decide(1, { history, pin: pin() });
    expect(pinned).toMatchObject({ tier: 2, isPinned: true, changesAt: day(10) });
    expect(pinned.reasons[0]).toBe('pinned by ines until 2026-01-11T00:00:00.000Z: met them');
    expect(decide(10, { history, pin: pin() })).toMatchObject({ tier: 4, isPinned: false });
  });
});

describe('the risk score', () => {
  it('is raised by poor grades and a competitive market, lowered by good ones, and explains each', () => {
    const poor = RiskAttributesSchema.parse({ partnerships: 3, compliance: 1, technicalCapability: 2 });
    const { riskScore, reasons, tier } = decide(0, {
      creator: poor,
      campaign: { ...NORMAL, competitiveMarket: true },
    });
    expect({ riskScore, tier }).toEqual({ riskScore: 35, tier: 2 });
    expect(reasons).toEqual([
      'the risk score reaches 20',
      '+15 past posts broke rules',
      '+10 schedules are often set wrong',
      '+10 a competitive market',
    ]);
    const good = RiskAttributesSchema.parse({ partnerships: 9, professionalism: 5, compliance: 4 });
    expect(decide(0, { creator: good }).riskScore).toBe(-20);
  });

  it('is the sum of the points that its reasons name', () => {
    const grade = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
    const creators = fc.record({
      partnerships: fc.nat(12),
      confirmedLeaks: fc.nat(3),
      concurrentPartnerships: fc.nat(6),
      trusted: fc.boolean(),
      underInvestigation: fc.boolean(),
      followers: fc.nat(2_000_000),
      professionalism: grade,
      compliance: grade,
      audienceRelationship: grade,
      technicalCapability: grade,
      businessMaturity: grade,
    });
    const sensitivities = fc.constantFrom('low', 'normal', 'high', 'critical');
    fc.assert(
      fc.property(creators, sensitivities, (creator, sensitivity) => {
        const { riskScore, scoreReasons } = decide(0, { creator, campaign: { ...NORMAL, sensitivity } });
        const points = scoreReasons.map((reason) => Number(reason.split(' ')[0]?.replace('−', '-')));
        expect(riskScore).toBe(points.reduce((sum, each) => sum + each, 0));
      }),
    );
  });
});

describe('whatever a creator has been through', () => {
  const alerts = fc.array(
    fc
      .record({
        opened: fc.integer({ min: 0, max: 200 }),
        lasted: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
        severity: fc.constantFrom('low', 'medium', 'high', 'critical'),
        resolution: fc.constantFrom('confirmed', 'false-positive', 'approved', 'duplicate'),
      })
      .map(({ opened, lasted, severity, resolution }) =>
        lasted === null
          ? alert(opened, null, { severity })
          : alert(opened, opened + lasted, { severity, resolution }),
      ),
    { maxLength: 6 },
  );

  it('nothing changes before the instant at which it is said to, if nothing happens until then', () => {
    fc.assert(
      fc.property(alerts, fc.integer({ min: 0, max: 300 }), fc.nat(99), (history, at, percent) => {
        const now = decide(at, { history });
        const happensMs = history
          .flatMap(({ openedAt, resolvedAt }) => [openedAt, resolvedAt ?? openedAt])
          .map((happening) => happening.getTime())
          .filter((ms) => ms > day(at).getTime());
        const untilMs = Math.min(now.changesAt?.getTime() ?? Infinity, day(1000).getTime(), ...happensMs);
        const between = new Date(day(at).getTime() + ((untilMs - day(at).getTime()) * percent) / 100);
        const later = decideTier({
          ...{ ruleset, creator: ORDINARY, campaign: NORMAL, history, pin: null },
          now: between,
        });
        expect({ ...later, changesAt: null }).toEqual({ ...now, changesAt: null });
      }),
    );
  });

  it('one who is let be goes down, never up, and ends where nothing is held against them', () => {
    fc.assert(
      fc.property(alerts, (history) => {
        const closed = history.filter(({ resolvedAt }) => resolvedAt !== null);
        let before = decide(261, { history: closed }).tier;
        // The shortest hold is 14 days, so that steps of six see every tier on the way down.
        for (let at = 262; at < 420; at += 6) {
          const { tier } = decide(at, { history: closed });
          expect(isCloser(tier, before)).toBe(false);
          before = tier;
        }
        expect(before).toBe(1);
      }),
    );
  });
});

describe('a niche', () => {
  const threshold = (niche: string, match: object) =>
    thresholdFor(ruleset, tierDefinition(ruleset, 1), RuleFactsSchema.parse({ match, campaign: { niche } }));

  it('asks less of what it is about: by the kind of match, or what the list calls the term', () => {
    expect(threshold('beauty', { kind: 'asset' })).toBe(0.55);
    expect(threshold('beauty', { kind: 'term', itemKind: 'sku' })).toBe(0.6);
    expect(threshold('gaming', { itemKind: 'early-access' })).toBe(0.5);
    expect(threshold('health', { itemKind: 'claim' })).toBe(0.5);
    expect(threshold('b2b', { itemKind: 'competitor' })).toBe(0.5);
    expect(threshold('local', { itemKind: 'place' })).toBe(0.5);
    expect(threshold('knitting', { itemKind: 'place' })).toBe(0.6);
  });
});
