import { SeveritySchema, type Sensitivity, type Severity, type Tier } from '@leakwatch/contracts';

/** The facts that decide how severe an incident is. */
export interface SeverityFacts {
  /** The rule's level, for an ordinary case. */
  readonly level: Severity;
  /** The confidence of the match, 0 to 1. */
  readonly confidence: number;
  readonly sensitivity: Sensitivity;
  /** From the post to the embargo's lift; 0 or less after it. */
  readonly hoursLeft: number;
  /** The creator's reach. */
  readonly followers: number;
  readonly tier: Tier;
  /** Posts in the incident, this one included. */
  readonly posts: number;
}

export interface SeverityScore {
  readonly severity: Severity;
  readonly points: number;
  /** `40 rule level medium`, `+5 a hundred thousand followers or more` */
  readonly reasons: readonly string[];
}

/** A level starts in its band: it takes two strong circumstances to become critical (docs/decisions/0306-severity.md). */
const LEVEL_POINTS: Readonly<Record<Severity, number>> = { low: 20, medium: 40, high: 60, critical: 90 };

/** The points at which a severity begins; below the last is `low`. */
const BANDS: readonly (readonly [from: number, severity: Severity])[] = [
  [80, 'critical'],
  [50, 'high'],
  [30, 'medium'],
];

interface Circumstance {
  readonly points: number;
  readonly reason: string;
  readonly holds: (facts: SeverityFacts) => boolean;
}

/** Only the first that holds in each group counts. */
const CIRCUMSTANCES: readonly (readonly Circumstance[])[] = [
  [
    { points: -10, reason: 'a doubtful match, below 0.5', holds: ({ confidence }) => confidence < 0.5 },
    { points: -5, reason: 'a probable match, below 0.7', holds: ({ confidence }) => confidence < 0.7 },
  ],
  [
    {
      points: 10,
      reason: 'critical sensitivity',
      holds: ({ sensitivity }) => sensitivity === 'critical',
    },
    { points: 5, reason: 'high sensitivity', holds: ({ sensitivity }) => sensitivity === 'high' },
    { points: -5, reason: 'low sensitivity', holds: ({ sensitivity }) => sensitivity === 'low' },
  ],
  [
    {
      points: -10,
      reason: 'less than an hour to the lift',
      holds: ({ hoursLeft }) => hoursLeft > 0 && hoursLeft < 1,
    },
    {
      points: 5,
      reason: 'three days or less to the lift',
      holds: ({ hoursLeft }) => hoursLeft > 0 && hoursLeft <= 72,
    },
  ],
  // How far it spreads, by one measure: a long incident of a large account is no two reasons.
  [
    { points: 15, reason: 'a million followers or more', holds: ({ followers }) => followers >= 1_000_000 },
    {
      points: 10,
      reason: 'a quarter of a million followers or more',
      holds: ({ followers }) => followers >= 250_000,
    },
    {
      points: 5,
      reason: 'a hundred thousand followers or more',
      holds: ({ followers }) => followers >= 100_000,
    },
    { points: 5, reason: 'ten posts or more', holds: ({ posts }) => posts >= 10 },
  ],
  [{ points: -5, reason: 'relationship tier', holds: ({ tier }) => tier === 5 }],
];

/** Scores an incident around its rule's level. Each reason names its points. */
export function scoreSeverity(facts: SeverityFacts): SeverityScore {
  const base = LEVEL_POINTS[facts.level];
  const held = CIRCUMSTANCES.flatMap((group) => group.find(({ holds }) => holds(facts)) ?? []);
  const points = held.reduce((sum, circumstance) => sum + circumstance.points, base);
  return {
    severity: BANDS.find(([from]) => points >= from)?.[1] ?? 'low',
    points,
    reasons: [
      `${base} rule level ${facts.level}`,
      ...held.map(({ points: p, reason }) => `${signed(p)} ${reason}`),
    ],
  };
}

export function isWorse(one: Severity, than: Severity): boolean {
  return SeveritySchema.options.indexOf(one) > SeveritySchema.options.indexOf(than);
}

function signed(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`;
}
