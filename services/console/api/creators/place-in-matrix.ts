type Level = 0 | 1 | 2;

/** Scores at which the likelihood is middle and high, and audiences at which the impact is. */
const SCORES = [15, 35] as const;
const AUDIENCES = [10_000, 100_000] as const;

interface Place {
  readonly likelihood: Level;
  readonly impact: Level;
}

/** Places a creator by risk score and audience. A creator without a score counts as likely as the lowest. */
export function placeInMatrix(creator: {
  readonly riskScore: number | null;
  readonly followers: number;
}): Place {
  return {
    likelihood: levelOf(creator.riskScore ?? 0, SCORES),
    impact: levelOf(creator.followers, AUDIENCES),
  };
}

/** Counts places; those without a creator are absent. */
export function countPlaces(places: readonly Place[]): (Place & { readonly count: number })[] {
  const cells = new Map<string, Place & { count: number }>();
  for (const place of places) {
    const key = `${place.likelihood} ${place.impact}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { ...place, count: 1 });
    else cell.count += 1;
  }
  return [...cells.values()];
}

function levelOf(value: number, [middle, high]: readonly [number, number]): Level {
  if (value >= high) return 2;
  return value >= middle ? 1 : 0;
}
