import { type Luma } from '../decode/luma.ts';
import { type Affine } from './affine.ts';
import { CELL_PX, CellRasters, type Cell, type Patterns, type Raster } from './cell-raster.ts';
import { composeHomographies, fitHomography, type Homography, type Move } from './homography.ts';

/** Radius of the surroundings whose mean is taken away. */
const SHADE_RADIUS_PX = 8;
/** Least deviation of a cell that shows something. */
const DETAIL = 8;
/** Smaller pictures don't show what the letters are. */
const MIN_SIDE_PX = 48;
/** How far cells are moved to find their place, in steps of so many pixels; then the tolerance of the fit. */
const SEARCHES = [
  { radius: 10, step: 2, tolerance: 4 },
  { radius: 4, step: 1, tolerance: 2.5 },
] as const;
const FINAL_RADIUS_PX = 2;
/** Share of equal cells from which a better place is not looked for. */
const NOTHING_TO_GAIN = 0.95;
/** Correlation of a cell that has found its place, that shows the same, and that shows something else. */
const PLACED = 0.7;
const SAME = 0.6;
const OTHER = 0.5;

/** Side of the surroundings whose most frequent brightness is the ground, and the least share of pixels that makes one. */
const GROUND_PX = 40;
const GROUND_SHARE = 0.3;
/** Largest difference of brightness between one ground and another that looks like it. */
const ONE_GROUND = 24;

/** Counts of the asset's detailed cells by how a post shows them. */
export interface ContentComparison {
  /** Cells with detail in the asset that lie in the post's picture. */
  readonly cells: number;
  readonly same: number;
  /** Cells that show other detail on the asset's own ground, as other words on the same paper do. */
  readonly replaced: number;
  /** Cells that show other detail on another ground, as under a caption, or where the asset has no ground. */
  readonly covered: number;
  /** Share of the equal cells that have a ground of one brightness: high for graphics, low for photographs. */
  readonly grounded: number;
}

/**
 * Compares an asset with the part of a post that an alignment lays it on, cell by cell, at the coarser of both resolutions. The
 * affine map is bent to a homography first where that fits better, so that a photographed screen fits. Null when the part is too
 * small to tell.
 *
 * @param map from shares of the asset to shares of the post
 */
export function compareContent(asset: Luma, post: Luma, map: Affine): ContentComparison | null {
  const determinant = Math.abs(map.a * map.e - map.b * map.d);
  const scale = Math.min(
    1,
    Math.sqrt((determinant * post.width * post.height) / (asset.width * asset.height)),
  );
  const [width, height] = [Math.round(asset.width * scale), Math.round(asset.height * scale)];
  if (Math.min(width, height) < MIN_SIDE_PX) return null;
  const rasters = new CellRasters(width, height, post);
  const ours = rasters.shrink(asset);
  const shapes = rasters.withoutShades(ours, SHADE_RADIUS_PX);
  const cells = detailedCells(rasters, shapes);
  const patterns = rasters.patternsOf(shapes, cells);
  const start = Float64Array.from([
    ...[(map.a * post.width) / width, (map.b * post.width) / height, map.c * post.width],
    ...[(map.d * post.height) / width, (map.e * post.height) / height, map.f * post.height],
    ...[0, 0],
  ]);
  let best = judge(rasters, patterns, start, cells);
  for (const { radius, step, tolerance } of SEARCHES) {
    if (best.same >= cells.length * NOTHING_TO_GAIN) break;
    const found =
      step === 1
        ? rasters.find(patterns, best.shapes, cells, nearestFirst(radius, step), 1)
        : rasters.find(
            rasters.patternsOf(rasters.halve(shapes), cells),
            rasters.halve(best.shapes),
            cells,
            nearestFirst(radius, step),
            1,
          );
    const moves = cells.flatMap((cell, i): Move[] => {
      const { score, dx, dy } = found[i]!;
      const [x, y] = [cell.x + CELL_PX / 2, cell.y + CELL_PX / 2];
      return score > PLACED ? [{ x, y, toX: x + dx, toY: y + dy }] : [];
    });
    const bend = fitHomography(moves, Math.max(width, height), tolerance);
    if (bend === null) continue;
    const bent = judge(rasters, patterns, composeHomographies(best.place, bend), cells);
    if (bent.same > best.same) best = bent;
  }
  return count(rasters, ours, best, cells);
}

/** A placement of the post under the asset's grid. */
interface Placement {
  readonly place: Homography;
  readonly theirs: Raster;
  readonly shapes: Raster;
  /** Deviation by cell; NaN for a cell outside of the post. */
  readonly details: Float32Array;
  /** Correlation by cell, as far as it was looked for once it is the same; NaN for a cell outside of the post. */
  readonly scores: readonly number[];
  readonly same: number;
}

function judge(
  rasters: CellRasters,
  patterns: Patterns,
  place: Homography,
  cells: readonly Cell[],
): Placement {
  const theirs = rasters.lay(place);
  const shapes = rasters.withoutShades(theirs, SHADE_RADIUS_PX);
  const details = rasters.detailsOf(shapes, cells);
  const found = rasters.find(patterns, shapes, cells, nearestFirst(FINAL_RADIUS_PX, 1), SAME);
  const scores = found.map(({ score }, i) => (Number.isNaN(details[i]!) ? Number.NaN : score));
  return { place, theirs, shapes, details, scores, same: scores.filter((score) => score >= SAME).length };
}

function detailedCells(rasters: CellRasters, ours: Raster): Cell[] {
  const cells: Cell[] = [];
  for (let y = 0; y + CELL_PX <= ours.height; y += CELL_PX) {
    for (let x = 0; x + CELL_PX <= ours.width; x += CELL_PX) cells.push({ x, y });
  }
  const details = rasters.detailsOf(ours, cells);
  return cells.filter((_, i) => details[i]! >= DETAIL);
}

const orders = new Map<string, readonly (readonly [number, number])[]>();

/** The moves of a search by distance: first where the cell is, then farther and farther away. */
function nearestFirst(radius: number, step: number): readonly (readonly [number, number])[] {
  const key = `${radius}/${step}`;
  const held = orders.get(key);
  if (held !== undefined) return held;
  const line = Array.from({ length: Math.floor((2 * radius) / step) + 1 }, (_, i) => i * step - radius);
  const order = line
    .flatMap((dy) => line.map((dx) => [dx, dy] as const))
    .toSorted(([ax, ay], [bx, by]) => Math.hypot(ax, ay) - Math.hypot(bx, by));
  orders.set(key, order);
  return order;
}

function count(
  rasters: CellRasters,
  ours: Raster,
  { theirs, details, scores, same }: Placement,
  cells: readonly Cell[],
): ContentComparison {
  const shown = scores.filter((score) => !Number.isNaN(score)).length;
  const isOther = (i: number) => scores[i]! < OTHER && details[i]! >= DETAIL;
  const others = cells.filter((_, i) => isOther(i));
  if (others.length === 0) return { cells: shown, same, replaced: 0, covered: 0, grounded: 0 };
  const [mineAt, otherAt] = [ours, theirs].map((raster) => {
    const numbers = rasters.numbersOf(raster);
    return (cell: Cell) => groundOf(numbers, raster, cell);
  });
  const groundsOf = (some: readonly Cell[]) =>
    some.flatMap((cell) => {
      const [mine, other] = [mineAt!(cell), otherAt!(cell)];
      return mine === null || other === null ? [] : [{ mine, other }];
    });
  const pairs = groundsOf(cells.filter((_, i) => scores[i]! >= SAME));
  const replaced = groundsOf(others).filter(({ mine, other }) => {
    const alike = pairs.filter((pair) => Math.abs(pair.mine - mine) <= ONE_GROUND).map((pair) => pair.other);
    const expected = alike.toSorted((a, b) => a - b)[Math.floor(alike.length / 2)];
    return expected !== undefined && Math.abs(expected - other) <= ONE_GROUND;
  });
  return {
    cells: shown,
    same,
    replaced: replaced.length,
    covered: others.length - replaced.length,
    grounded: pairs.length / Math.max(1, same),
  };
}

/** Levels of brightness in a step of the histogram. */
const STEP = 4;

/** Gives the most frequent brightness around a cell; null when none is frequent. */
function groundOf(data: Float32Array, { width, height }: Raster, { x, y }: Cell): number | null {
  const margin = (GROUND_PX - CELL_PX) / 2;
  const steps = new Uint16Array(256 / STEP + 2);
  let pixels = 0;
  for (let row = Math.max(0, y - margin); row < Math.min(height, y + CELL_PX + margin); row++) {
    for (let column = Math.max(0, x - margin); column < Math.min(width, x + CELL_PX + margin); column++) {
      const value = data[row * width + column]!;
      if (Number.isNaN(value)) continue;
      pixels++;
      steps[Math.floor(value / STEP) + 1]!++;
    }
  }
  let [most, at] = [0, 0];
  for (let step = 1; step < steps.length - 1; step++) {
    const near = steps[step - 1]! + steps[step]! + steps[step + 1]!;
    if (near > most) [most, at] = [near, step];
  }
  return most >= pixels * GROUND_SHARE ? (at - 0.5) * STEP : null;
}
