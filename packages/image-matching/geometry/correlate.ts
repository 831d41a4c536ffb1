import { type Luma } from '../decode/luma.ts';
import { brightnessAt } from './brightness.ts';
import { mapX, mapY, type Affine } from './affine.ts';

/** Cells a side in which the asset is compared. */
const CELLS = 24;
/** Points averaged in each direction of a cell. */
const POINTS = 3;
/** Side of a block, in cells; each block has its own correlation. */
const BLOCK = 6;
/** Below this deviation of brightness (0 to 255) a block is flat. */
const FLAT_DEVIATION = 6;
/** Least number of the asset's cells inside the post's picture. */
const MIN_SHARED_CELLS = 36;

/** Likeness of an asset and the part of a post that an alignment lays it on. */
export interface Likeness {
  /** Normalised correlation of brightness over the shared cells, -1 to 1. */
  readonly overall: number;
  /** Median over the blocks, which a sticker or a caption does not move. */
  readonly typical: number;
  /** Number of blocks with detail in that median, of 16; few say little. */
  readonly blocks: number;
  /** Share of the asset that lies inside the post's picture, 0 to 1. */
  readonly shown: number;
}

/**
 * Lays the asset's thumbnail over the post's.
 *
 * @param map from shares of the asset's width and height to shares of the post's
 */
export function correlate(asset: Luma, post: Luma, map: Affine): Likeness {
  const ours = new Float64Array(CELLS * CELLS).fill(Number.NaN);
  const theirs = new Float64Array(CELLS * CELLS);
  let shared = 0;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const cell = row * CELLS + column;
      let [mine, other, points] = [0, 0, 0];
      for (let p = 0; p < POINTS * POINTS; p++) {
        const x = (column + ((p % POINTS) + 0.5) / POINTS) / CELLS;
        const y = (row + (Math.floor(p / POINTS) + 0.5) / POINTS) / CELLS;
        const u = mapX(map, x, y);
        const v = mapY(map, x, y);
        if (u < 0 || u > 1 || v < 0 || v > 1) break;
        mine += brightnessAt(asset, x, y);
        other += brightnessAt(post, u, v);
        points++;
      }
      if (points < POINTS * POINTS) continue;
      ours[cell] = mine / points;
      theirs[cell] = other / points;
      shared++;
    }
  }
  const shown = shared / (CELLS * CELLS);
  if (shared < MIN_SHARED_CELLS) return { overall: 0, typical: 0, blocks: 0, shown };
  const all = Array.from(ours.keys()).filter((cell) => !Number.isNaN(ours[cell]!));
  return { overall: correlation(ours, theirs, all), ...typicalBlock(ours, theirs), shown };
}

/** Skips blocks that are flat in the asset. */
function typicalBlock(ours: Float64Array, theirs: Float64Array): { typical: number; blocks: number } {
  const scores: number[] = [];
  for (let top = 0; top < CELLS; top += BLOCK) {
    for (let left = 0; left < CELLS; left += BLOCK) {
      const cells: number[] = [];
      for (let i = 0; i < BLOCK * BLOCK; i++) {
        const cell = (top + Math.floor(i / BLOCK)) * CELLS + left + (i % BLOCK);
        if (!Number.isNaN(ours[cell]!)) cells.push(cell);
      }
      if (cells.length < (BLOCK * BLOCK) / 2 || deviation(ours, cells) < FLAT_DEVIATION) continue;
      scores.push(correlation(ours, theirs, cells));
    }
  }
  const typical = scores.toSorted((a, b) => a - b)[Math.floor(scores.length / 2)] ?? 0;
  return { typical, blocks: scores.length };
}

function deviation(values: Float64Array, cells: readonly number[]): number {
  const mean = cells.reduce((sum, i) => sum + values[i]!, 0) / cells.length;
  return Math.sqrt(cells.reduce((sum, i) => sum + (values[i]! - mean) ** 2, 0) / cells.length);
}

/** Pearson's correlation; 0 when either side is flat. */
function correlation(a: Float64Array, b: Float64Array, cells: readonly number[]): number {
  let [ma, mb] = [0, 0];
  for (const i of cells) {
    ma += a[i]!;
    mb += b[i]!;
  }
  ma /= cells.length;
  mb /= cells.length;
  let [aa, bb, ab] = [0, 0, 0];
  for (const i of cells) {
    const [x, y] = [a[i]! - ma, b[i]! - mb];
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
