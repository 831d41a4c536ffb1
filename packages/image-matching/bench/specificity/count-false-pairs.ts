import { type Grade } from '@leakwatch/contracts';
import { compileImageMatcher, type ImageMatch } from '../../index.ts';
import { type Picture } from './fingerprint-side.ts';
import { upperBound } from './upper-bound.ts';

/** An asset that was found in an innocent picture. */
export interface FoundPair {
  readonly asset: Picture;
  readonly innocent: Picture;
  readonly match: ImageMatch;
}

const CAMPAIGN = 'specificity';
const GRADES: readonly Grade[] = ['same', 'part', 'same-layout'];
const STAGES = ['pdq', 'region', 'features'];

/** Matches all innocents against watch lists of `perList` assets each. */
export async function findPairs(
  assets: readonly Picture[],
  innocents: readonly Picture[],
  perList: number,
): Promise<FoundPair[]> {
  const pairs: FoundPair[] = [];
  const lists = Math.ceil(assets.length / perList);
  for (let list = 0; list < lists; list++) {
    // Every so many-th asset, so that a list has pictures of many kinds.
    const own = new Map(assets.filter((_, i) => i % lists === list).map((asset) => [asset.name, asset]));
    const matcher = compileImageMatcher(
      [...own.values()].map(({ name, data }) => ({ campaignId: CAMPAIGN, assetId: name, data })),
    );
    for (const innocent of innocents) {
      for (const match of await matcher.match(innocent.data)) {
        pairs.push({ asset: own.get(match.itemId)!, innocent, match });
      }
    }
  }
  return pairs;
}

/** A table of pairs by grade and stage, with the rate in a million. */
export function describePairs(found: readonly FoundPair[], pairs: number): string[] {
  const rows = [
    ...GRADES.map((grade) => ({ label: grade, own: found.filter(({ match }) => match.grade === grade) })),
    { label: 'same or part', own: found.filter(({ match }) => match.grade !== 'same-layout') },
  ];
  const head = ['grade', ...STAGES, 'pairs', 'in a million', 'at most (95 %)'];
  const table = rows.map(({ label, own }) => [
    label,
    ...STAGES.map((stage) => String(own.filter(({ match }) => match.how[0] === stage).length)),
    String(own.length),
    inMillion(own.length, pairs),
    inMillion(upperBound(own.length), pairs),
  ]);
  return [head, ...table].map((cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(15))).join(''),
  );
}

function inMillion(count: number, pairs: number): string {
  return ((count * 1e6) / pairs).toFixed(2);
}
