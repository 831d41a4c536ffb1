import { type Luma } from '../decode/luma.ts';
import { DESCRIPTOR_WORDS, describeCorners, PATTERN_RADIUS } from './brief-descriptor.ts';
import { fastCorners, type Corners } from './fast-corners.ts';
import { harrisScores } from './harris-score.ts';
import { orientations, ORIENTATION_RADIUS } from './orientation.ts';
import { boxBlur5, buildPyramid, LEVEL_FACTOR, resizeBilinear } from './pyramid.ts';

/** Places of local features, as parallel arrays. */
export interface FeaturePlaces {
  readonly count: number;
  /** Pixels of the picture that the features were found in. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Radians. */
  readonly angle: Float32Array;
  /** Pyramid level; a feature of level l is {@link LEVEL_FACTOR} ** l times as large. */
  readonly level: Uint8Array;
}

/** Local features as parallel arrays. */
export interface Features extends FeaturePlaces {
  /** Eight words each. */
  readonly descriptors: Uint32Array;
}

export interface FeatureOptions {
  readonly maxFeatures: number;
  /** Number of sizes to search, each smaller by {@link LEVEL_FACTOR}. */
  readonly levels: number;
}

/** Contrast of a corner, and the lower contrast for pictures with too few corners, such as mist. */
const FAST_THRESHOLD = 8;
const FAINT_THRESHOLD = 4;
/** Reach of orientation and descriptor around a corner, plus rounding. */
export const FEATURE_BORDER = Math.max(ORIENTATION_RADIUS, PATTERN_RADIUS) + 2;
const MIN_LEVEL_SIDE_PX = 2 * FEATURE_BORDER + 8;
/** Side of the cells that features are spread over, so that lettering does not take them all. */
const CELL_PX = 40;
/** Corners ranked by Harris score: at least this many a cell, and this many for each wanted one. */
const MIN_RANKED_PER_CELL = 4;
const RANKED_FOR_EACH = 3;

/** ORB features (Rublee, Rabaud, Konolige, Bradski: "ORB: an efficient alternative to SIFT or SURF", 2011). */
export function extractFeatures(image: Luma, { maxFeatures, levels }: FeatureOptions): Features {
  const pyramid =
    Math.min(image.width, image.height) < MIN_LEVEL_SIDE_PX
      ? []
      : buildPyramid(image, levels, MIN_LEVEL_SIDE_PX);
  const shares = pyramid.map((_, level) => LEVEL_FACTOR ** -level);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const parts: Features[] = [];
  // A level passes its unused share to the next.
  let left = maxFeatures;
  let shareLeft = total;
  pyramid.forEach((level, l) => {
    const wanted = Math.round((left * shares[l]!) / shareLeft);
    const part = featuresOfLevel(level, l, wanted, image);
    left -= part.count;
    shareLeft -= shares[l]!;
    parts.push(part);
  });
  return concatenate(parts);
}

function featuresOfLevel(image: Luma, level: number, wanted: number, base: Luma): Features {
  const corners = cornersOfLevel(image, wanted);
  const count = corners.length / 2;
  const angles = orientations(image, corners);
  const [scaleX, scaleY] = [base.width / image.width, base.height / image.height];
  return {
    count,
    x: Float32Array.from({ length: count }, (_, i) => (corners[2 * i]! + 0.5) * scaleX - 0.5),
    y: Float32Array.from({ length: count }, (_, i) => (corners[2 * i + 1]! + 0.5) * scaleY - 0.5),
    angle: Float32Array.from(angles),
    level: new Uint8Array(count).fill(level),
    descriptors: describeCorners(boxBlur5(image), corners, angles),
  };
}

/** Measures detail: counts distinct corners at the picture's own scale and at half of it. */
export function countDistinctCorners(image: Luma): number {
  if (Math.min(image.width, image.height) < MIN_LEVEL_SIDE_PX) return 0;
  const half = resizeBilinear(image, Math.round(image.width / 2), Math.round(image.height / 2));
  return [image, half].reduce((sum, level) => {
    if (Math.min(level.width, level.height) < MIN_LEVEL_SIDE_PX) return sum;
    const corners = fastCorners(level, FAST_THRESHOLD, FEATURE_BORDER);
    return sum + spreadOverCells(level, corners, corners.count).length;
  }, 0);
}

/** The best corners of a picture at its own scale, spread over all of it: x and y of each. */
export function cornersOfLevel(image: Luma, wanted: number): Uint16Array {
  let corners = fastCorners(image, FAST_THRESHOLD, FEATURE_BORDER);
  if (corners.count < wanted) corners = fastCorners(image, FAINT_THRESHOLD, FEATURE_BORDER);
  return pairsOf(corners, spreadOverCells(image, corners, wanted));
}

function pairsOf({ x, y }: Corners, chosen: readonly number[]): Uint16Array {
  const pairs = new Uint16Array(2 * chosen.length);
  chosen.forEach((corner, i) => {
    pairs[2 * i] = x[corner]!;
    pairs[2 * i + 1] = y[corner]!;
  });
  return pairs;
}

/** Takes the best corner of every cell, then the second best of every cell, and so on. */
function spreadOverCells(image: Luma, corners: Corners, wanted: number): number[] {
  const across = Math.ceil(image.width / CELL_PX);
  const share = (wanted / (across * Math.ceil(image.height / CELL_PX))) * RANKED_FOR_EACH;
  const rankedPerCell = Math.max(MIN_RANKED_PER_CELL, Math.ceil(share));
  const cells: number[][] = [];
  for (let i = 0; i < corners.count; i++) {
    const cell = Math.floor(corners.y[i]! / CELL_PX) * across + Math.floor(corners.x[i]! / CELL_PX);
    (cells[cell] ??= []).push(i);
  }
  const tried = Object.values(cells).map((cell) =>
    cell.toSorted((a, b) => corners.score[b]! - corners.score[a]!).slice(0, rankedPerCell),
  );
  const scores = harrisScores(image, pairsOf(corners, tried.flat()));
  const ranked: { corner: number; rank: number; score: number }[] = [];
  let at = 0;
  for (const cell of tried) {
    cell
      .map((corner) => ({ corner, score: scores[at++]! }))
      .sort((a, b) => b.score - a.score)
      .forEach(({ corner, score }, rank) => ranked.push({ corner, rank, score }));
  }
  ranked.sort((a, b) => a.rank - b.rank || b.score - a.score);
  return ranked.slice(0, wanted).map(({ corner }) => corner);
}

function allocateFeatures(count: number): Features {
  return {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    angle: new Float32Array(count),
    level: new Uint8Array(count),
    descriptors: new Uint32Array(count * DESCRIPTOR_WORDS),
  };
}

function concatenate(parts: readonly Features[]): Features {
  const all = allocateFeatures(parts.reduce((sum, part) => sum + part.count, 0));
  let at = 0;
  for (const part of parts) {
    all.x.set(part.x, at);
    all.y.set(part.y, at);
    all.angle.set(part.angle, at);
    all.level.set(part.level, at);
    all.descriptors.set(part.descriptors, at * DESCRIPTOR_WORDS);
    at += part.count;
  }
  return all;
}
