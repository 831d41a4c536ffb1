/**
 * The low-pass filter of PDQ ("Jarosz filter"): twice a box over rows and a box over columns, in single precision and in
 * the reference's order of additions, so that the result equals it bit for bit.
 * The picture is then sampled, evenly.
 *
 * Source: facebook/ThreatExchange, pdq/README.md and "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
 * algorithm" (Facebook, 2019).
 */
import { kernels, Room, viewFloats } from '../kernels/kernels.ts';

/** `count` places spread evenly over a stretch of `dimension` pixels: the middles of equal parts. */
function samplePlaces(dimension: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * dimension) / count));
}

/**
 * Filters `luma` (`width × height`) and takes `side × side` samples; `side` is a multiple of four. Rows become columns for their
 * box, because columns are summed side by side. After the second box over rows only the rows' samples are kept, which changes no
 * result.
 */
export function filterAndSample(
  luma: Float32Array,
  width: number,
  height: number,
  side: number,
): Float32Array {
  const [fullWidth, fullHeight] = [upToFour(width), upToFour(height)];
  const room = new Room();
  // Small pictures grow to the square of samples.
  const bytes = 4 * Math.max(fullWidth, side) * Math.max(fullHeight, side);
  const [upright, turned, boxed] = [room.take(bytes), room.take(bytes), room.take(bytes)];
  const sums = room.take(4 * Math.max(fullWidth, fullHeight, side));
  const picture = viewFloats(upright, fullWidth * fullHeight);
  for (let y = 0; y < height; y++) {
    picture.set(luma.subarray(y * width, (y + 1) * width), y * fullWidth);
  }
  kernels.transpose(upright, turned, fullWidth, fullHeight);
  kernels.boxOverColumns(turned, boxed, fullHeight, width, sums);
  kernels.transpose(boxed, turned, fullHeight, fullWidth);
  kernels.boxOverColumns(turned, upright, fullWidth, height, sums);
  kernels.transpose(upright, turned, fullWidth, fullHeight);
  kernels.boxOverColumns(turned, boxed, fullHeight, width, sums);
  // The third picture's rows are columns of the original.
  pickRows(boxed, turned, samplePlaces(width, side), fullHeight);
  kernels.transpose(turned, upright, fullHeight, side);
  kernels.boxOverColumns(upright, boxed, side, height, sums);
  pickRows(boxed, turned, samplePlaces(height, side), side);
  return viewFloats(turned, side * side).slice();
}

function upToFour(size: number): number {
  return Math.ceil(size / 4) * 4;
}

function pickRows(from: number, to: number, rows: readonly number[], width: number): void {
  rows.forEach((row, i) => {
    viewFloats(to + 4 * i * width, width).set(viewFloats(from + 4 * row * width, width));
  });
}
