type Level = 0 | 1 | 2;

/** Scores at which the likelihood is middle and high, and audiences at which the impact is. */
const SCORES = [15, 35] as const;
const AUDIENCES = [10_000, 100_000] as const;

/** Places a creator by risk score and audience. A creator without a score counts as likely as the lowest. */
export function placeInMatrix(creator: { readonly riskScore: number | null; readonly followers: number }): {
  likelihood: Level;
  impact: Level;
} {
  return {
    likelihood: levelOf(creator.riskScore ?? 0, SCORES),
    impact: levelOf(creator.followers, AUDIENCES),
  };
}

function levelOf(value: number, [middle, high]: readonly [number, number]): Level {
  if (value >= high) return 2;
  return value >= middle ? 1 : 0;
}
