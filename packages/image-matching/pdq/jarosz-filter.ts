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

/** Kept between pictures: fresh memory of this size costs as much as a pass of the filter. */
let scratch = new Float32Array(0);

/**
 * Filters `luma` (`width × height`; overwritten) and takes `side × side` samples of it. The last box over rows is worked out
 * in full but written only where a sample will be taken, which changes no result and saves a third of the time.
 */
export function filterAndSample(
  luma: Float32Array,
  width: number,
  height: number,
  side: number,
): Float32Array {
  const acrossRow = boxWidth(width);
  const downColumn = boxWidth(height);
  if (scratch.length < luma.length) scratch = new Float32Array(luma.length);
  boxAlongRows(luma, scratch, width, height, acrossRow);
  boxAlongColumns(scratch, luma, width, height, downColumn);
  const columns = samplePlaces(width, side);
  const narrow = new Float32Array(side * height);
  const filteredRow = new Float32Array(width);
  for (let row = 0; row < height; row++) {
    boxAlongRows(luma.subarray(row * width, (row + 1) * width), filteredRow, width, 1, acrossRow);
    for (let i = 0; i < side; i++) narrow[row * side + i] = filteredRow[columns[i]!]!;
  }
  const filtered = new Float32Array(side * height);
  boxAlongColumns(narrow, filtered, side, height, downColumn);
  const square = new Float32Array(side * side);
  samplePlaces(height, side).forEach((row, i) => {
    square.set(filtered.subarray(row * side, (row + 1) * side), i * side);
  });
  return square;
}

function boxAlongRows(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  box: number,
): void {
  const half = Math.floor((box + 2) / 2);
  for (let row = 0, start = 0; row < height; row++, start += width) {
    let sum = Math.fround(0);
    let count = 0;
    let enter = start;
    let leave = start;
    let out = start;
    for (let i = 0; i < half - 1; i++, count++) sum = Math.fround(sum + from[enter++]!);
    for (let i = 0; i < box - half + 1; i++) {
      sum = Math.fround(sum + from[enter++]!);
      count++;
      to[out++] = Math.fround(sum / Math.fround(count));
    }
    for (let i = 0; i < width - box; i++) {
      sum = Math.fround(Math.fround(sum + from[enter++]!) - from[leave++]!);
      to[out++] = Math.fround(sum / Math.fround(count));
    }
    for (let i = 0; i < half - 1; i++) {
      sum = Math.fround(sum - from[leave++]!);
      count--;
      to[out++] = Math.fround(sum / Math.fround(count));
    }
  }
}

/** Goes down all columns at once, a row at a time: memory is read in order and each column's sum is the same. */
function boxAlongColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  box: number,
): void {
  const half = Math.floor((box + 2) / 2);
  const sums = new Float32Array(width);
  let count = 0;
  let enter = 0;
  let leave = 0;
  let out = 0;
  const add = () => {
    for (let x = 0; x < width; x++) sums[x]! += from[enter++]!;
    count++;
  };
  const subtract = () => {
    for (let x = 0; x < width; x++) sums[x]! -= from[leave++]!;
    count--;
  };
  const write = () => {
    for (let x = 0; x < width; x++) to[out++] = Math.fround(sums[x]! / Math.fround(count));
  };
  for (let i = 0; i < half - 1; i++) add();
  for (let i = 0; i < box - half + 1; i++) {
    add();
    write();
  }
  for (let i = 0; i < height - box; i++) {
    for (let x = 0; x < width; x++) {
      const sum = Math.fround(Math.fround(sums[x]! + from[enter++]!) - from[leave++]!);
      sums[x] = sum;
      to[out++] = Math.fround(sum / Math.fround(count));
    }
  }
  for (let i = 0; i < half - 1; i++) {
    subtract();
    write();
  }
}
