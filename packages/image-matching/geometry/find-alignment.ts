import { LEVEL_FACTOR } from '../features/pyramid.ts';
import { type FeaturePlaces } from '../features/extract-features.ts';
import { fitAffine, mapX, mapY, similarity, stretch, type Affine, type PointPairs } from './affine.ts';

/** Feature `from` of an asset looks like feature `to` of a post. */
export interface FeatureMatch {
  readonly from: number;
  readonly to: number;
  /** Bits in which their descriptors differ. */
  readonly distance: number;
}

/** The place of an asset in a post, with its evidence. */
export interface Alignment {
  /** Maps the asset's pixels to the post's. */
  readonly map: Affine;
  /** Matches that agree with the map, counting each feature of either side once. */
  readonly inliers: number;
}

/** Most matches tried as proposals of scale, angle and place, nearest descriptors first. */
const MAX_HYPOTHESES = 160;
/** Largest error of an agreeing match, in pixels. Wide at first, because one match gives the angle only roughly. */
const FIRST_TOLERANCE_PX = 24;
const REFINED_TOLERANCES_PX = [16, 10, 8];
const MAX_ANGLE = (20 / 180) * Math.PI;
/** Difference of scale in pyramid levels: 0.6 of an octave. */
const MAX_LEVELS_APART = (0.6 * Math.LN2) / Math.log(LEVEL_FACTOR);
const MIN_INLIERS = 4;
/** Largest stretch of a squeezed or obliquely photographed picture. */
const MAX_ANISOTROPY = 2.2;

/**
 * Finds the affine map that most matches agree with. Each match proposes a similarity (ORB gives angle and scale), and least
 * squares refine the best proposal. Null when fewer than four agree.
 */
export function findAlignment(
  asset: FeaturePlaces,
  post: FeaturePlaces,
  matches: readonly FeatureMatch[],
): Alignment | null {
  if (matches.length < MIN_INLIERS) return null;
  const pairs = pairsOf(asset, post, matches);
  const turns = Float64Array.from(matches, (m) => post.angle[m.to]! - asset.angle[m.from]!);
  const steps = Float64Array.from(matches, (m) => post.level[m.to]! - asset.level[m.from]!);
  let best: number[] = [];
  const proposers = matches.map((_, i) => i);
  if (proposers.length > MAX_HYPOTHESES)
    proposers.sort((i, j) => matches[i]!.distance - matches[j]!.distance);
  for (const i of proposers.slice(0, MAX_HYPOTHESES)) {
    const map = proposal(pairs, i, turns[i]!, LEVEL_FACTOR ** steps[i]!);
    const agreeing = agreeingWith(map, pairs, FIRST_TOLERANCE_PX);
    // Most proposals are poor: too few points agree, whatever their angles are.
    if (agreeing.length <= best.length) continue;
    const kept = agreeing.filter(
      (j) =>
        angleBetween(turns[i]!, turns[j]!) <= MAX_ANGLE &&
        Math.abs(steps[i]! - steps[j]!) <= MAX_LEVELS_APART,
    );
    if (kept.length > best.length) best = kept;
  }
  if (best.length < MIN_INLIERS) return null;
  return refine(pairs, matches, best, turns, steps);
}

function refine(
  pairs: PointPairs,
  matches: readonly FeatureMatch[],
  proposed: number[],
  turns: Float64Array,
  steps: Float64Array,
): Alignment | null {
  let agreeing = proposed;
  let map: Affine | null = null;
  for (const tolerance of REFINED_TOLERANCES_PX) {
    map = fitAffine(pairs, agreeing);
    if (map === null) return null;
    const { a, d } = map;
    const turn = Math.atan2(d, a);
    const { scale, anisotropy, mirrors } = stretch(map);
    if (anisotropy > MAX_ANISOTROPY || mirrors) return null;
    const step = Math.log(scale) / Math.log(LEVEL_FACTOR);
    agreeing = agreeingWith(map, pairs, tolerance).filter(
      (j) =>
        angleBetween(turn, turns[j]!) <= MAX_ANGLE * 1.5 && Math.abs(step - steps[j]!) <= MAX_LEVELS_APART,
    );
    if (agreeing.length < MIN_INLIERS) return null;
  }
  const froms = new Set(agreeing.map((j) => matches[j]!.from));
  const tos = new Set(agreeing.map((j) => matches[j]!.to));
  return map === null ? null : { map, inliers: Math.min(froms.size, tos.size) };
}

function pairsOf(asset: FeaturePlaces, post: FeaturePlaces, matches: readonly FeatureMatch[]): PointPairs {
  return {
    count: matches.length,
    fromX: Float64Array.from(matches, (m) => asset.x[m.from]!),
    fromY: Float64Array.from(matches, (m) => asset.y[m.from]!),
    toX: Float64Array.from(matches, (m) => post.x[m.to]!),
    toY: Float64Array.from(matches, (m) => post.y[m.to]!),
  };
}

function proposal(pairs: PointPairs, i: number, turn: number, scale: number): Affine {
  const turned = similarity(turn, scale, 0, 0);
  const [x, y] = [pairs.fromX[i]!, pairs.fromY[i]!];
  return { ...turned, c: pairs.toX[i]! - mapX(turned, x, y), f: pairs.toY[i]! - mapY(turned, x, y) };
}

function agreeingWith({ a, b, c, d, e, f }: Affine, pairs: PointPairs, tolerance: number): number[] {
  const agreeing: number[] = [];
  const { count, fromX, fromY, toX, toY } = pairs;
  for (let i = 0; i < count; i++) {
    const x = fromX[i]!;
    const y = fromY[i]!;
    const dx = a * x + b * y + c - toX[i]!;
    const dy = d * x + e * y + f - toY[i]!;
    if (dx * dx + dy * dy <= tolerance * tolerance) agreeing.push(i);
  }
  return agreeing;
}

function angleBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn);
}
