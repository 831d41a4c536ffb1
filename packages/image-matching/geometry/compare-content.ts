import { type Luma } from '../decode/luma.ts';
import { type Affine } from './affine.ts';
import { CELL_PX, CellRasters, type Cell, type Patterns, type Raster } from './cell-raster.ts';
import { groundsOf } from './grounds.ts';
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
/** Least deviation of a cell whose absence no blur explains. */
const STRONG = 14;
/** Fewer cells on another ground are no cover. */
const MIN_COVER = 4;

/** Largest difference of brightness between one ground and another that looks like it. */
const ONE_GROUND = 24;

/** Counts of the asset's detailed cells by how a post shows them. */
export interface ContentComparison {
  /** Cells with detail in the asset that lie in the post's picture. */
  readonly cells: number;
  readonly same: number;
  /** Cells that show other detail on the asset's own ground, as other words on the same paper do; none beside a cover. */
  readonly replaced: number;
  /** Cells of strong detail that show nothing but the asset's own ground, as where a line is shorter; none beside a cover. */
  readonly missing: number;
  /** Cells that show other detail on another ground, as under a caption, or where the asset has no ground. */
  readonly covered: number;
  /** Share of the equal cells that have a ground of one brightness: high for graphics, low for photographs. */
  readonly grounded: number;
  /** Cells that no public picture shares, and how many of them are the same; null without public pictures. */
  readonly own: { readonly cells: number; readonly same: number } | null;
}

/** A public picture in the place of an asset, and the map from shares of the asset to shares of it. */
export interface PublicPicture {
  readonly picture: Luma;
  readonly map: Affine;
}

/**
 * Compares an asset with the part of a post that an alignment lays it on, cell by cell, at the coarser of both resolutions. The
 * affine map is bent to a homography first where that fits better, so that a photographed screen fits. Null when the part is too
 * small to tell.
 *
 * @param map from shares of the asset to shares of the post
 * @param cleared public pictures that may explain a part of what the asset and the post share
 */
export function compareContent(
  asset: Luma,
  post: Luma,
  map: Affine,
  cleared: readonly PublicPicture[] = [],
): ContentComparison | null {
  const determinant = Math.abs(map.a * map.e - map.b * map.d);
  const scale = Math.min(
    1,
    Math.sqrt((determinant * post.width * post.height) / (asset.width * asset.height)),
  );
  const [width, height] = [Math.round(asset.width * scale), Math.round(asset.height * scale)];
  if (Math.min(width, height) < MIN_SIDE_PX) return null;
  const shared = new Set<string>();
  for (const { picture, map: toPublic } of cleared) {
    const { cells, best } = place(asset, picture, toPublic, width, height);
    cells.forEach((cell, i) => {
      if (best.scores[i]! >= SAME) shared.add(keyOf(cell));
    });
  }
  const placed = place(asset, post, map, width, height);
  return {
    ...count(placed),
    own: cleared.length === 0 ? null : ownOf(placed, shared),
  };
}

function keyOf({ x, y }: Cell): string {
  return `${x}/${y}`;
}

function ownOf({ cells, best: { scores } }: Placed, shared: ReadonlySet<string>) {
  const own = scores.filter((score, i) => !Number.isNaN(score) && !shared.has(keyOf(cells[i]!)));
  return { cells: own.length, same: own.filter((score) => score >= SAME).length };
}

/** Lays a picture under the asset's grid of cells, as well as it fits. */
function place(asset: Luma, post: Luma, map: Affine, width: number, height: number): Placed {
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
  return { rasters, ours, shapes, cells, best };
}

/** An asset's grid and the best placement of a picture under it. */
interface Placed {
  readonly rasters: CellRasters;
  readonly ours: Raster;
  readonly shapes: Raster;
  readonly cells: readonly Cell[];
  readonly best: Placement;
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

/** How a post shows a cell of the asset. */
type Showing = 'same' | 'replaced' | 'missing' | 'unclear' | 'covered' | 'blank';

function count({ rasters, ours, shapes, cells, best }: Placed): Omit<ContentComparison, 'own'> {
  const { theirs, scores, details, same } = best;
  const strengths = rasters.detailsOf(shapes, cells);
  const [mineAt, otherAt] = [ours, theirs].map((raster) => groundsOf(rasters.numbersOf(raster), raster));
  const pairs = cells.flatMap((cell, i) => {
    if (!(scores[i]! >= SAME)) return [];
    const [mine, other] = [mineAt!(cell), otherAt!(cell)];
    return mine === null || other === null ? [] : [{ mine, other }];
  });
  const isOwnGround = (cell: Cell) => {
    const [mine, other] = [mineAt!(cell), otherAt!(cell)];
    if (mine === null || other === null) return false;
    const alike = pairs.filter((pair) => Math.abs(pair.mine - mine) <= ONE_GROUND).map((pair) => pair.other);
    const expected = alike.toSorted((a, b) => a - b)[Math.floor(alike.length / 2)];
    return expected !== undefined && Math.abs(expected - other) <= ONE_GROUND;
  };
  const kept = cells
    .flatMap((_, i) => (scores[i]! >= SAME ? [details[i]! / strengths[i]!] : []))
    .toSorted((a, b) => a - b);
  const blur = kept[Math.floor(kept.length / 4)] ?? 1;
  const showings = new Map<string, Showing>();
  cells.forEach((cell, i) => {
    const score = scores[i]!;
    if (Number.isNaN(score)) return;
    showings.set(
      keyOf(cell),
      score >= SAME ? 'same' : showingOf(score, details[i]!, strengths[i]! * blur, isOwnGround(cell)),
    );
  });
  const cover = [...showings.values()].filter(isCover).length;
  const counted = (kind: Showing) =>
    cells.filter(
      (cell) => showings.get(keyOf(cell)) === kind && (cover < MIN_COVER || !bordersCover(cell, showings)),
    ).length;
  return {
    cells: showings.size,
    same,
    replaced: counted('replaced'),
    missing: counted('missing'),
    covered: [...showings.values()].filter((showing) => showing === 'covered').length,
    grounded: pairs.length / Math.max(1, same),
  };
}

/** @param strength deviation that the cell would have in the post, which may be blurred */
function showingOf(score: number, detail: number, strength: number, isOwnGround: boolean): Showing {
  if (!isOwnGround && detail < DETAIL) return 'blank';
  if (!isOwnGround && score < OTHER) return 'covered';
  if (detail < DETAIL) return strength >= STRONG ? 'missing' : 'unclear';
  return score < OTHER ? 'replaced' : 'unclear';
}

function isCover(showing: Showing | undefined): boolean {
  return showing === 'covered' || showing === 'blank';
}

/** A cover's edge leaves a part of the ground in the cells around it, which then look replaced. */
function bordersCover({ x, y }: Cell, showings: ReadonlyMap<string, Showing>): boolean {
  return [-CELL_PX, 0, CELL_PX].some((dy) =>
    [-CELL_PX, 0, CELL_PX].some((dx) => isCover(showings.get(keyOf({ x: x + dx, y: y + dy })))),
  );
}
