/** Squares ("cells") of a raster that are looked for in another one. */

/** Sides of a cell: at full size, and when every second pixel is taken. */
const SIDE: i32 = 20;
const HALF_SIDE: i32 = 10;
/** Numbers in a row of a pattern; a half row is filled up with zeros. */
const HALF_ROW: i32 = 12;

function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    f32x4.extract_lane(lanes, 2) +
    f32x4.extract_lane(lanes, 3)
  );
}

/**
 * Deviation in each cell; NaN when a part of it is missing.
 *
 * @param cells x and y of each, 32 bits
 */
export function detailsOf(raster: usize, width: i32, cells: usize, count: i32, details: usize): void {
  const n = <f32>(SIDE * SIDE);
  for (let i: usize = 0; i < <usize>count; i++) {
    let at = raster + <usize>(load<i32>(cells + i * 8, 4) * width + load<i32>(cells + i * 8)) * 4;
    let sums = f32x4.splat(0);
    let squares = f32x4.splat(0);
    for (let row = 0; row < SIDE; row++, at += <usize>width * 4) {
      for (let x = 0; x < SIDE * 4; x += 16) {
        const four = v128.load(at + <usize>x);
        sums = f32x4.add(sums, four);
        squares = f32x4.add(squares, f32x4.mul(four, four));
      }
    }
    const mean = sumOf(sums) / n;
    const variance = sumOf(squares) / n - mean * mean;
    // `max` would turn NaN into 0.
    store<f32>(details + i * 4, variance < 0 ? 0 : Mathf.sqrt(variance));
  }
}

/**
 * The numbers of each cell, less their mean and divided by their norm; NaN for a flat cell.
 *
 * @param cells x and y of each in pixels of full size, 32 bits
 * @param isHalf whether the raster is a halved one
 */
export function patternsOf(
  raster: usize,
  width: i32,
  cells: usize,
  count: i32,
  isHalf: bool,
  patterns: usize,
): void {
  const side = isHalf ? HALF_SIDE : SIDE;
  const length = isHalf ? HALF_ROW : SIDE;
  const shift = isHalf ? 1 : 0;
  const n = <f64>(side * side);
  let out = patterns;
  for (let i: usize = 0; i < <usize>count; i++, out += <usize>(side * length) * 4) {
    const x = load<i32>(cells + i * 8) >> shift;
    const y = load<i32>(cells + i * 8, 4) >> shift;
    const at = raster + <usize>(y * width + x) * 4;
    let sum: f64 = 0;
    let squares: f64 = 0;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const value = <f64>load<f32>(at + <usize>(row * width + column) * 4);
        sum += value;
        squares += value * value;
      }
    }
    const spread = squares - (sum * sum) / n;
    const mean = sum / n;
    const norm = spread > 1e-6 ? Math.sqrt(spread) : NaN;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < length; column++) {
        const value = column < side ? <f64>load<f32>(at + <usize>(row * width + column) * 4) - mean : 0;
        store<f32>(out + <usize>(row * length + column) * 4, <f32>(value / norm));
      }
    }
  }
}

/** Correlation of a pattern of 20 × 20 with the square that begins at `at`. */
function correlate(pattern: usize, at: usize, width: i32): f32 {
  let sums = f32x4.splat(0);
  let squares = f32x4.splat(0);
  let products = f32x4.splat(0);
  let from = pattern;
  for (let row = 0; row < SIDE; row++, at += <usize>width * 4, from += SIDE * 4) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const e = v128.load(at, 64);
    sums = f32x4.add(sums, f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), e)));
    squares = f32x4.add(
      squares,
      f32x4.add(
        f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)),
        f32x4.add(f32x4.add(f32x4.mul(c, c), f32x4.mul(d, d)), f32x4.mul(e, e)),
      ),
    );
    products = f32x4.add(
      products,
      f32x4.add(
        f32x4.add(f32x4.mul(a, v128.load(from)), f32x4.mul(b, v128.load(from, 16))),
        f32x4.add(
          f32x4.add(f32x4.mul(c, v128.load(from, 32)), f32x4.mul(d, v128.load(from, 48))),
          f32x4.mul(e, v128.load(from, 64)),
        ),
      ),
    );
  }
  return correlation(sumOf(sums), sumOf(squares), sumOf(products), <f32>(SIDE * SIDE));
}

/** Correlation of a pattern of 10 × 10 with the square that begins at `at`. */
function correlateHalf(pattern: usize, at: usize, width: i32): f32 {
  let sums = f32x4.splat(0);
  let squares = f32x4.splat(0);
  let products = f32x4.splat(0);
  let from = pattern;
  for (let row = 0; row < HALF_SIDE; row++, at += <usize>width * 4, from += HALF_ROW * 4) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load64_zero(at, 32);
    sums = f32x4.add(sums, f32x4.add(f32x4.add(a, b), c));
    squares = f32x4.add(squares, f32x4.add(f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)), f32x4.mul(c, c)));
    products = f32x4.add(
      products,
      f32x4.add(
        f32x4.add(f32x4.mul(a, v128.load(from)), f32x4.mul(b, v128.load(from, 16))),
        f32x4.mul(c, v128.load(from, 32)),
      ),
    );
  }
  return correlation(sumOf(sums), sumOf(squares), sumOf(products), <f32>(HALF_SIDE * HALF_SIDE));
}

/** -1 when the square is flat or not whole. */
function correlation(sum: f32, squares: f32, product: f32, n: f32): f32 {
  const spread = squares - (sum * sum) / n;
  return spread > 1e-6 ? product / Mathf.sqrt(spread) : -1;
}

/**
 * Looks for each cell in another raster.
 *
 * @param cells x and y of each in pixels of full size, 32 bits
 * @param moves the moves to try, in order: x and y in pixels of the raster, 32 bits
 * @param enough ends a cell's search at the first place with this correlation
 * @param places correlation, then the move's number, 32 bits each; -1 and 0 when the cell is flat or lies nowhere
 */
export function findCells(
  patterns: usize,
  raster: usize,
  width: i32,
  height: i32,
  isHalf: bool,
  cells: usize,
  count: i32,
  moves: usize,
  moveCount: i32,
  enough: f32,
  places: usize,
): void {
  const side = isHalf ? HALF_SIDE : SIDE;
  const shift = isHalf ? 1 : 0;
  const size = <usize>(isHalf ? HALF_SIDE * HALF_ROW : SIDE * SIDE) * 4;
  for (let i: usize = 0; i < <usize>count; i++) {
    const left = load<i32>(cells + i * 8) >> shift;
    const top = load<i32>(cells + i * 8, 4) >> shift;
    const pattern = patterns + i * size;
    const first = load<f32>(pattern);
    let best: f32 = -1;
    let move = 0;
    for (let m = 0; m < moveCount && first == first; m++) {
      const x = left + load<i32>(moves + <usize>m * 8);
      const y = top + load<i32>(moves + <usize>m * 8, 4);
      if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
      const at = raster + <usize>(y * width + x) * 4;
      const score = isHalf ? correlateHalf(pattern, at, width) : correlate(pattern, at, width);
      if (score > best) {
        best = score;
        move = m;
      }
      if (score >= enough) break;
    }
    store<f32>(places + i * 8, best);
    store<i32>(places + i * 8, move, 4);
  }
}
