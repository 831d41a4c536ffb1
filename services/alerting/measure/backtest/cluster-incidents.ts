/** A detection that rules would take, as far as incidents care. */
export interface TakenDetection {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly publishedAt: Date;
  /** Of the alert that it is in; null where it is in none. */
  readonly alertId: string | null;
}

/**
 * Which of the detections would open incidents that are not there: of each creator and campaign those whose posts lie closer together
 * than the gap are one (docs/decisions/0300-episodes.md), and one that holds an alert's detection is that alert. Gives the first
 * detection of each.
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
