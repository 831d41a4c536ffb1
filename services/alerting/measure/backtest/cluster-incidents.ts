/** A detection that rules would take, reduced to what decides its incident. */
export interface TakenDetection {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly publishedAt: Date;
  /** The alert that has it; null if none has. */
  readonly alertId: string | null;
}

/**
 * Finds the detections that would open new incidents. Posts of one creator and campaign that lie closer together than
 * the gap are one incident (docs/decisions/0300-episodes.md). If an alert has one of its detections, the incident
 * exists. Gives the first detection of each.
 */
export function findNewIncidents<T extends TakenDetection>(taken: readonly T[], episodeGapMs: number): T[] {
  const pairs = new Map<string, T[]>();
  for (const one of taken) {
    const key = JSON.stringify([one.creatorId, one.campaignId]);
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, [one]);
    else known.push(one);
  }
  return [...pairs.values()].flatMap((ofPair) =>
    episodesOf(ofPair, episodeGapMs)
      .filter((episode) => episode.every(({ alertId }) => alertId === null))
      .flatMap(([first]) => first ?? []),
  );
}

function episodesOf<T extends TakenDetection>(ofPair: readonly T[], gapMs: number): T[][] {
  const episodes: T[][] = [];
  let last = -Infinity;
  for (const one of ofPair.toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())) {
    const at = one.publishedAt.getTime();
    if (at - last > gapMs) episodes.push([one]);
    else episodes.at(-1)?.push(one);
    last = at;
  }
  return episodes;
}
