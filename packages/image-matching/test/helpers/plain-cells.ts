/** The plain form of geometry/cell-raster.ts, which its kernels are held to. */
import { type Luma } from '../../decode/luma.ts';
import { type Homography } from '../../geometry/homography.ts';

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

/**
 * Lays a picture under a grid by a map from grid pixels to picture pixels; NaN outside of the picture. The map is written out here,
 * since a pair for each pixel took most of the time.
 */
export function lay(picture: Luma, map: Homography, width: number, height: number): Raster {
  const data = new Float32Array(width * height);
  const [right, bottom] = [picture.width - 1, picture.height - 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const divisor = map[6]! * (x + 0.5) + map[7]! * (y + 0.5) + 1;
      const px = (map[0]! * (x + 0.5) + map[1]! * (y + 0.5) + map[2]!) / divisor - 0.5;
      const py = (map[3]! * (x + 0.5) + map[4]! * (y + 0.5) + map[5]!) / divisor - 0.5;
      if (!(px >= 0 && py >= 0 && px <= right && py <= bottom)) {
        data[y * width + x] = Number.NaN;
        continue;
      }
      const left = Math.min(Math.floor(px), right - 1);
      const top = Math.min(Math.floor(py), bottom - 1);
      const dx = px - left;
      const dy = py - top;
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
  for (let at = 0; at < data.length; at++) shades[at] = data[at]! - shades[at]!;
  return { width, height, data: shades };
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
  let sum = 0;
  let count = 0;
  for (let i = -radius; i < length; i++) {
    const entering = i + radius;
    const leaving = i - radius - 1;
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

/** A cell's numbers, less their mean and divided by their norm; null when it is flat. */
export function patternOf(
  { width, data }: Raster,
  { x, y }: Cell,
  side: number,
  stride = 1,
): Float32Array | null {
  const pattern = new Float32Array(Math.ceil(side / stride) ** 2);
  let sum = 0;
  let squares = 0;
  let i = 0;
  for (let row = y; row < y + side; row += stride) {
    for (let column = x; column < x + side; column += stride) {
      const value = data[row * width + column]!;
      pattern[i++] = value;
      sum += value;
      squares += value * value;
    }
  }
  const spread = squares - (sum * sum) / pattern.length;
  if (!(spread > 1e-6)) return null;
  const mean = sum / pattern.length;
  const norm = Math.sqrt(spread);
  for (i = 0; i < pattern.length; i++) pattern[i] = (pattern[i]! - mean) / norm;
  return pattern;
}

/**
 * Correlation of a cell's pattern with the square of a raster that begins at (x, y); -1 when that is not whole or is flat.
 *
 * @param stride as the pattern was made
 */
export function correlateAt(
  pattern: Float32Array,
  { width, height, data }: Raster,
  x: number,
  y: number,
  side: number,
  stride = 1,
): number {
  if (x < 0 || y < 0 || x + side > width || y + side > height) return -1;
  let sum = 0;
  let squares = 0;
  let product = 0;
  let i = 0;
  for (let row = 0; row < side; row += stride) {
    const from = (y + row) * width + x;
    for (let at = from; at < from + side; at += stride) {
      const value = data[at]!;
      sum += value;
      squares += value * value;
      product += value * pattern[i++]!;
    }
  }
  const spread = squares - (sum * sum) / pattern.length;
  return spread > 1e-6 ? product / Math.sqrt(spread) : -1;
}

/** Gives the most frequent brightness around a cell; null when none is frequent. */
export function groundOf(data: Float32Array, width: number, height: number, { x, y }: Cell): number | null {
  const margin = 10;
  const steps = new Uint16Array(66);
  let pixels = 0;
  for (let row = Math.max(0, y - margin); row < Math.min(height, y + 20 + margin); row++) {
    for (let column = Math.max(0, x - margin); column < Math.min(width, x + 20 + margin); column++) {
      const value = data[row * width + column]!;
      if (Number.isNaN(value)) continue;
      pixels++;
      steps[Math.floor(value / 4) + 1]!++;
    }
  }
  let [most, at] = [0, 0];
  for (let step = 1; step < steps.length - 1; step++) {
    const near = steps[step - 1]! + steps[step]! + steps[step + 1]!;
    if (near > most) [most, at] = [near, step];
  }
  return most >= pixels * 0.3 ? (at - 0.5) * 4 : null;
}
