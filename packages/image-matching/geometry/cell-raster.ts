import { type Luma } from '../decode/luma.ts';
import { moved, type Homography } from './homography.ts';

/** Grey numbers, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Shrinks by the mean of each new pixel's part; never enlarges. */
export function shrink(picture: Luma, width: number, height: number): Raster {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * picture.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width));
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) sum += picture.data[row * picture.width + column]!;
      }
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}

/** Lays a picture under a grid by a map from grid pixels to picture pixels; NaN outside of the picture. */
export function lay(picture: Luma, map: Homography, width: number, height: number): Raster {
  const data = new Float32Array(width * height);
  const [right, bottom] = [picture.width - 1, picture.height - 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = moved(map, x + 0.5, y + 0.5);
      const [px, py] = [u - 0.5, v - 0.5];
      if (!(px >= 0 && py >= 0 && px <= right && py <= bottom)) {
        data[y * width + x] = Number.NaN;
        continue;
      }
      const [left, top] = [Math.min(Math.floor(px), right - 1), Math.min(Math.floor(py), bottom - 1)];
      const [dx, dy] = [px - left, py - top];
      const at = top * picture.width + left;
      const upper = picture.data[at]! * (1 - dx) + picture.data[at + 1]! * dx;
      const lower = picture.data[at + picture.width]! * (1 - dx) + picture.data[at + picture.width + 1]! * dx;
      data[y * width + x] = upper * (1 - dy) + lower * dy;
    }
  }
  return { width, height, data };
}

/** Takes the mean of the surroundings away, so that even light and soft shades don't count. NaN stays and spreads. */
export function withoutShades({ width, height, data }: Raster, radius: number): Raster {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) means(data, rows, y * width, 1, width, radius);
  const shades = new Float32Array(data.length);
  for (let x = 0; x < width; x++) means(rows, shades, x, width, height, radius);
  return { width, height, data: data.map((value, i) => value - shades[i]!) };
}

/** Running means over a line; a number that is missing leaves its neighbours' means as they are. */
function means(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let [sum, count] = [0, 0];
  for (let i = -radius; i < length; i++) {
    const [entering, leaving] = [i + radius, i - radius - 1];
    const entered = entering < length ? from[start + entering * step]! : Number.NaN;
    if (!Number.isNaN(entered)) {
      sum += entered;
      count++;
    }
    const left = leaving >= 0 ? from[start + leaving * step]! : Number.NaN;
    if (!Number.isNaN(left)) {
      sum -= left;
      count--;
    }
    if (i >= 0) to[start + i * step] = count === 0 ? Number.NaN : sum / count;
  }
}

export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Deviation in a cell; NaN when a part of it is missing. */
export function detailOf({ width, data }: Raster, { x, y }: Cell, side: number): number {
  let [sum, squares] = [0, 0];
  for (let row = y; row < y + side; row++) {
    for (let at = row * width + x; at < row * width + x + side; at++) {
      sum += data[at]!;
      squares += data[at]! * data[at]!;
    }
  }
  const n = side * side;
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
}

/**
 * Correlation of a cell with the other raster's cell (dx, dy) away; -1 when that is not whole.
 *
 * @param stride takes every so many pixels of each row and column
 */
export function correlateCells(
  ours: Raster,
  theirs: Raster,
  { x, y }: Cell,
  side: number,
  dx: number,
  dy: number,
  stride = 1,
): number {
  const { width, height } = ours;
  if (x + dx < 0 || y + dy < 0 || x + dx + side > width || y + dy + side > height) return -1;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let row = 0; row < side; row += stride) {
    let from = (y + row) * width + x;
    let to = (y + dy + row) * width + x + dx;
    for (let column = 0; column < side; column += stride, from += stride, to += stride) {
      const p = ours.data[from]!;
      const q = theirs.data[to]!;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const n = Math.ceil(side / stride) ** 2;
  const spread = (aa - (a * a) / n) * (bb - (b * b) / n);
  return spread > 1e-6 ? (ab - (a * b) / n) / Math.sqrt(spread) : -1;
}
