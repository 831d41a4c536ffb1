import { SeveritySchema, type Severity } from '@leakwatch/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorse, scoreSeverity, type SeverityFacts } from '../../../incidents/severity/score-severity.ts';

const ORDINARY: SeverityFacts = {
  level: 'medium',
  confidence: 1,
  sensitivity: 'normal',
  hoursLeft: 480,
  followers: 20_000,
  tier: 1,
  posts: 1,
};

describe('how severe an incident is', () => {
  it.each(SeveritySchema.options)('is what its rule says in an ordinary case: %s', (level) => {
    expect(scoreSeverity({ ...ORDINARY, level }).severity).toBe(level);
  });

  it.each<[string, Partial<SeverityFacts>, Severity, number]>([
    ['one who reaches a hundred thousand', { followers: 100_000 }, 'medium', 45],
    ['one who reaches a quarter of a million', { followers: 250_000 }, 'high', 50],
    ['ten posts alone', { posts: 10 }, 'medium', 45],
    ['a large account and many posts: the greater counts', { followers: 250_000, posts: 30 }, 'high', 50],
    ['the days before the lift', { hoursLeft: 72 }, 'medium', 45],
    ['a doubtful match', { confidence: 0.45 }, 'medium', 30],
    ['a doubtful match of an unimportant campaign', { confidence: 0.45, sensitivity: 'low' }, 'low', 25],
    ['a sensitive campaign', { level: 'high', sensitivity: 'high', followers: 300_000 }, 'high', 75],
    [
      'a sensitive campaign, days before the lift, of one whom a quarter of a million follow',
      { level: 'high', sensitivity: 'high', followers: 300_000, hoursLeft: 30 },
      'critical',
      80,
    ],
    ['the last minutes, of a trusted partner', { hoursLeft: 0.1, tier: 5 }, 'low', 25],
  ])('%s', (_name, facts, severity, points) => {
    expect(scoreSeverity({ ...ORDINARY, ...facts })).toMatchObject({ severity, points });
  });

  it('explains each of its points', () => {
    const { points, reasons } = scoreSeverity({ ...ORDINARY, followers: 1_500_000, tier: 5, posts: 10 });
    expect(reasons).toEqual([
      '40 rule level medium',
      '+15 a million followers or more',
      '−5 relationship tier',
    ]);
    expect(points).toBe(50);
  });

  it('never falls with another post, a better match, or more who see it', () => {
    const facts = fc.record<SeverityFacts>({
      level: fc.constantFrom(...SeveritySchema.options),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      sensitivity: fc.constantFrom('low', 'normal', 'high', 'critical'),
      hoursLeft: fc.double({ min: 0, max: 2000, noNaN: true }),
      followers: fc.nat(3_000_000),
      tier: fc.constantFrom(1, 2, 3, 4, 5),
      posts: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(facts, fc.nat(3_000_000), fc.nat(20), (one, followers, posts) => {
        const more = {
          ...one,
          confidence: Math.min(1, one.confidence + 0.3),
          followers: one.followers + followers,
          posts: one.posts + posts,
        };
        expect(isWorse(scoreSeverity(one).severity, scoreSeverity(more).severity)).toBe(false);
      }),
    );
  });
});
