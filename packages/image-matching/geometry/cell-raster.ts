import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewFloats, viewInts } from '../kernels/kernels.ts';
import { type Homography } from './homography.ts';

/** Side of the squares that are compared, in pixels. The kernels are written for it. */
export const CELL_PX = 20;
/** Numbers of a pattern, at full size and of every second pixel (its rows filled up to 12). */
const PATTERN_NUMBERS = { full: 400, half: 120 };

/** Grey numbers in the kernels' memory, row by row; NaN outside of the picture. */
export interface Raster {
  readonly place: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the full size to a pixel: 1 or 2. */
  readonly stride: 1 | 2;
}

/** The upper left pixel of a cell, at full size. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** The patterns of some cells: their numbers, less their mean and divided by their norm. */
export interface Patterns {
  readonly place: number;
  readonly stride: 1 | 2;
}

/** Where a cell was found: its correlation, and how far it moved, in pixels of the full size. */
export interface Found {
  readonly score: number;
  readonly dx: number;
  readonly dy: number;
}

/** Moves to try, in pixels of the full size. */
type Moves = readonly (readonly [dx: number, dy: number])[];

/** The rasters of one comparison, all of one size. The next comparison of the thread takes their memory. */
export class CellRasters {
  readonly #room = new Room();
  readonly #width: number;
  readonly #height: number;
  readonly #post: Luma;
  readonly #postPlace: number;
  readonly #means: number;
  readonly #lines: number;

  constructor(width: number, height: number, post: Luma) {
    this.#width = width;
    this.#height = height;
    this.#post = post;
    this.#postPlace = this.#room.put(post.data);
    this.#means = this.#room.take(4 * width * height);
    this.#lines = this.#room.take(8 * width);
  }

  /** Shrinks a picture by the mean of each new pixel's part; never enlarges. */
  shrink(picture: Luma): Raster {
    const [from, raster] = [this.#room.put(picture.data), this.#newRaster()];
    kernels.shrink(from, picture.width, picture.height, this.#width, this.#height, raster.place);
    return raster;
  }

  /** Lays the post under the grid by a map from pixels of the grid to pixels of the post. */
  lay(map: Homography): Raster {
    const { width, height } = this.#post;
    const [mapPlace, raster] = [this.#room.put(map), this.#newRaster()];
    kernels.lay(this.#postPlace, width, height, mapPlace, this.#width, this.#height, raster.place);
    return raster;
  }

  /** Takes the mean of the surroundings away, so that even light and soft shades don't count. */
  withoutShades({ place }: Raster, radius: number): Raster {
    const shapes = this.#newRaster();
    const [means, lines] = [this.#means, this.#lines];
    kernels.withoutShades(place, this.#width, this.#height, radius, means, lines, shapes.place);
    return shapes;
  }

  /** Takes every second pixel of every second row. */
  halve({ place }: Raster): Raster {
    const [width, height] = [Math.floor(this.#width / 2), Math.floor(this.#height / 2)];
    const halved = this.#room.take(4 * width * height);
    kernels.halve(place, this.#width, this.#height, halved);
    return { place: halved, width, height, stride: 2 };
  }

  /** Deviation of each cell; NaN when a part of it is missing. */
  detailsOf({ place }: Raster, cells: readonly Cell[]): Float32Array {
    const [cellsPlace, details] = [this.#putCells(cells), this.#room.take(4 * cells.length)];
    kernels.detailsOf(place, this.#width, cellsPlace, cells.length, details);
    return viewFloats(details, cells.length).slice();
  }

  patternsOf({ place, width, stride }: Raster, cells: readonly Cell[]): Patterns {
    const cellsPlace = this.#putCells(cells);
    const numbers = PATTERN_NUMBERS[stride === 2 ? 'half' : 'full'];
    const patterns = this.#room.take(4 * numbers * cells.length);
    kernels.patternsOf(place, width, cellsPlace, cells.length, stride - 1, patterns);
    return { place: patterns, stride };
  }

  /**
   * Looks for each cell in a raster of the patterns' stride, move by move.
   *
   * @param enough ends a cell's search at the first place with this correlation
   */
  find(
    patterns: Patterns,
    { place, width, height, stride }: Raster,
    cells: readonly Cell[],
    moves: Moves,
    enough: number,
  ): Found[] {
    const cellsPlace = this.#putCells(cells);
    const movesPlace = this.#putPairs(moves.map(([dx, dy]) => [dx / stride, dy / stride]));
    const found = this.#room.take(8 * cells.length);
    const search = [cellsPlace, cells.length, movesPlace, moves.length, enough, found];
    kernels.findCells(patterns.place, place, width, height, stride - 1, ...search);
    const scores = viewFloats(found, 2 * cells.length);
    const numbers = viewInts(found, 2 * cells.length);
    return cells.map((_, i) => {
      const [dx, dy] = moves[numbers[2 * i + 1]!]!;
      return { score: scores[2 * i]!, dx, dy };
    });
  }

  /** A view that the next raster may end. */
  numbersOf({ place, width, height }: Raster): Float32Array {
    return viewFloats(place, width * height);
  }

  #newRaster(): Raster {
    const place = this.#room.take(4 * this.#width * this.#height);
    return { place, width: this.#width, height: this.#height, stride: 1 };
  }

  #putCells(cells: readonly Cell[]): number {
    const numbers = new Int32Array(2 * cells.length);
    cells.forEach(({ x, y }, i) => {
      numbers[2 * i] = x;
      numbers[2 * i + 1] = y;
    });
    return this.#room.put(numbers);
  }

  #putPairs(pairs: readonly (readonly [number, number])[]): number {
    return this.#room.put(Int32Array.from(pairs.flat()));
  }
}
