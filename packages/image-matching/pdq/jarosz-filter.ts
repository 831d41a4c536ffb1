/**
 * The low-pass filter of PDQ ("Jarosz filter"): twice a box over rows and a box over columns, in single precision and in
 * the reference's order of additions, so that the result equals it bit for bit.
 * The picture is then sampled, evenly.
 *
 * Source: facebook/ThreatExchange, pdq/README.md and "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
 * algorithm" (Facebook, 2019).
 */

/** Width of the box along an axis of `dimension` pixels: about two boxes for each of the 64 output samples. */
export function boxWidth(dimension: number): number {
  return Math.floor((dimension + 127) / 128);
}

/** `count` places spread evenly over a stretch of `dimension` pixels: the middles of equal parts. */
function samplePlaces(dimension: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * dimension) / count));
}

/** Reused between pictures: allocating this much memory costs as much as a pass of the filter. */
let scratch = new Float32Array(0);

/**
 * Filters `luma` (`width × height`; overwritten) and takes `side × side` samples. After the second box over rows it keeps only
 * the columns of samples, which changes no result and saves a third of the time.
 */
export function filterAndSample(
  luma: Float32Array,
  width: number,
  height: number,
  side: number,
): Float32Array {
  if (scratch.length < luma.length) scratch = new Float32Array(luma.length);
  boxFilter(luma, scratch, rowsOf(width, height));
  boxFilter(scratch, luma, columnsOf(width, height));
  const narrow = sampleFilteredRows(luma, width, height, side);
  const filtered = new Float32Array(side * height);
  boxFilter(narrow, filtered, columnsOf(side, height));
  const square = new Float32Array(side * side);
  samplePlaces(height, side).forEach((row, i) => {
    square.set(filtered.subarray(row * side, (row + 1) * side), i * side);
  });
  return square;
}

/** Applies the box over rows, a few rows at a time, and keeps `side` places of each row. */
function sampleFilteredRows(luma: Float32Array, width: number, height: number, side: number): Float32Array {
  const narrow = new Float32Array(side * height);
  const places = samplePlaces(width, side);
  const filtered = new Float32Array(TOGETHER * width);
  for (let top = 0; top < height; top += TOGETHER) {
    const count = Math.min(TOGETHER, height - top);
    boxFilter(luma.subarray(top * width, (top + count) * width), filtered, rowsOf(width, count));
    for (let row = 0; row < count; row++) {
      const out = (top + row) * side;
      for (let i = 0; i < side; i++) narrow[out + i] = filtered[row * width + places[i]!]!;
    }
  }
  return narrow;
}

/** The rows or columns of a picture: their number, and their pixels' places in memory. */
interface Lines {
  readonly count: number;
  /** From one line's first pixel to the next's. */
  readonly apart: number;
  readonly length: number;
  /** From one pixel of a line to the next. */
  readonly step: number;
}

function rowsOf(width: number, height: number): Lines {
  return { count: height, apart: width, length: width, step: 1 };
}

function columnsOf(width: number, height: number): Lines {
  return { count: width, apart: 1, length: height, step: width };
}

/** Lines filtered side by side. One running sum waits for itself; four take half the time. */
const TOGETHER = 4;

function boxFilter(from: Float32Array, to: Float32Array, lines: Lines): void {
  const last = lines.count - 1;
  for (let line = 0; line <= last; line += TOGETHER) {
    // With fewer than four left, the last line is computed again.
    const start = (i: number) => Math.min(line + i, last) * lines.apart;
    boxFourLines(from, to, lines, start(0), start(1), start(2), start(3));
  }
}

/** @param a start of the first of four lines; `b`, `c` and `d` likewise */
function boxFourLines(
  from: Float32Array,
  to: Float32Array,
  { length, step }: Lines,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  const box = boxWidth(length);
  const half = Math.floor((box + 2) / 2);
  const end = length * step;
  let [sumA, sumB, sumC, sumD] = [Math.fround(0), Math.fround(0), Math.fround(0), Math.fround(0)];
  let enter = 0;
  let leave = 0;
  let out = 0;
  let count = 0;
  for (; count < half - 1; count++, enter += step) {
    sumA = Math.fround(sumA + from[a + enter]!);
    sumB = Math.fround(sumB + from[b + enter]!);
    sumC = Math.fround(sumC + from[c + enter]!);
    sumD = Math.fround(sumD + from[d + enter]!);
  }
  for (; count < box; enter += step, out += step) {
    const divisor = Math.fround(++count);
    sumA = Math.fround(sumA + from[a + enter]!);
    sumB = Math.fround(sumB + from[b + enter]!);
    sumC = Math.fround(sumC + from[c + enter]!);
    sumD = Math.fround(sumD + from[d + enter]!);
    to[a + out] = Math.fround(sumA / divisor);
    to[b + out] = Math.fround(sumB / divisor);
    to[c + out] = Math.fround(sumC / divisor);
    to[d + out] = Math.fround(sumD / divisor);
  }
  const full = Math.fround(box);
  for (; enter < end; enter += step, leave += step, out += step) {
    sumA = Math.fround(Math.fround(sumA + from[a + enter]!) - from[a + leave]!);
    sumB = Math.fround(Math.fround(sumB + from[b + enter]!) - from[b + leave]!);
    sumC = Math.fround(Math.fround(sumC + from[c + enter]!) - from[c + leave]!);
    sumD = Math.fround(Math.fround(sumD + from[d + enter]!) - from[d + leave]!);
    to[a + out] = Math.fround(sumA / full);
    to[b + out] = Math.fround(sumB / full);
    to[c + out] = Math.fround(sumC / full);
    to[d + out] = Math.fround(sumD / full);
  }
  for (; out < end; leave += step, out += step) {
    const divisor = Math.fround(--count);
    sumA = Math.fround(sumA - from[a + leave]!);
    sumB = Math.fround(sumB - from[b + leave]!);
    sumC = Math.fround(sumC - from[c + leave]!);
    sumD = Math.fround(sumD - from[d + leave]!);
    to[a + out] = Math.fround(sumA / divisor);
    to[b + out] = Math.fround(sumB / divisor);
    to[c + out] = Math.fround(sumC / divisor);
    to[d + out] = Math.fround(sumD / divisor);
  }
}
