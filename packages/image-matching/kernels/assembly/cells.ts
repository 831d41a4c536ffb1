/**
 * Grey rasters of 32-bit numbers, row by row, with NaN outside of the picture, and squares ("cells") of them that are looked for
 * in each other.
 */

/** Sides of a cell: at full size, and when every second pixel is taken. */
const SIDE: i32 = 20;
const HALF_SIDE: i32 = 10;
/** Numbers in a row of a pattern; a half row is filled up with zeros. */
const HALF_ROW: i32 = 12;

/** Shrinks by the mean of each new pixel's part; never enlarges. */
export function shrink(
  picture: usize,
  pictureWidth: i32,
  pictureHeight: i32,
  width: i32,
  height: i32,
  raster: usize,
): void {
  let out = raster;
  for (let y = 0; y < height; y++) {
    const top = (y * pictureHeight) / height;
    const bottom = max(top + 1, ((y + 1) * pictureHeight) / height);
    for (let x = 0; x < width; x++, out += 4) {
      const left = (x * pictureWidth) / width;
      const right = max(left + 1, ((x + 1) * pictureWidth) / width);
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        const line = picture + <usize>(row * pictureWidth);
        for (let column = left; column < right; column++) sum += load<u8>(line + <usize>column);
      }
      store<f32>(out, <f32>(<f64>sum / <f64>((bottom - top) * (right - left))));
    }
  }
}

/**
 * Lays a picture under a grid.
 *
 * @param map eight numbers of 64 bits: a homography from pixels of the grid to pixels of the picture
 */
export function lay(
  picture: usize,
  pictureWidth: i32,
  pictureHeight: i32,
  map: usize,
  width: i32,
  height: i32,
  raster: usize,
): void {
  const a = load<f64>(map);
  const b = load<f64>(map, 8);
  const c = load<f64>(map, 16);
  const d = load<f64>(map, 24);
  const e = load<f64>(map, 32);
  const f = load<f64>(map, 40);
  const g = load<f64>(map, 48);
  const h = load<f64>(map, 56);
  const isAffine = g == 0 && h == 0;
  const right = <f64>(pictureWidth - 1);
  const bottom = <f64>(pictureHeight - 1);
  let out = raster;
  for (let row = 0; row < height; row++) {
    const y = <f64>row + 0.5;
    for (let column = 0; column < width; column++, out += 4) {
      const x = <f64>column + 0.5;
      let px = a * x + b * y + c;
      let py = d * x + e * y + f;
      if (!isAffine) {
        const divisor = g * x + h * y + 1;
        px /= divisor;
        py /= divisor;
      }
      px -= 0.5;
      py -= 0.5;
      if (!(px >= 0 && py >= 0 && px <= right && py <= bottom)) {
        store<f32>(out, NaN);
        continue;
      }
      const left = min(<i32>px, pictureWidth - 2);
      const top = min(<i32>py, pictureHeight - 2);
      const dx = px - <f64>left;
      const dy = py - <f64>top;
      const at = picture + <usize>(top * pictureWidth + left);
      const below = at + <usize>pictureWidth;
      const upper = <f64>load<u8>(at) * (1 - dx) + <f64>load<u8>(at, 1) * dx;
      const lower = <f64>load<u8>(below) * (1 - dx) + <f64>load<u8>(below, 1) * dx;
      store<f32>(out, <f32>(upper * (1 - dy) + lower * dy));
    }
  }
}

/**
 * Takes the mean of the surroundings away. NaN stays; a number that is missing leaves its neighbours' means as they are.
 *
 * @param means scratch for width × height numbers
 * @param lines scratch for 2 × width numbers, and 16 bytes behind it and behind the rasters
 */
export function withoutShades(
  raster: usize,
  width: i32,
  height: i32,
  radius: i32,
  means: usize,
  lines: usize,
  shapes: usize,
): void {
  for (let y = 0; y < height; y++) {
    const start = <usize>(y * width) * 4;
    meansOfRow(raster + start, means + start, width, radius);
  }
  const counts = lines + <usize>width * 4;
  memory.fill(lines, 0, <usize>width * 8);
  for (let y = -radius; y < height; y++) {
    const entering = y + radius;
    const leaving = y - radius - 1;
    if (entering < height) addRow(means + <usize>(entering * width) * 4, lines, counts, width, 1);
    if (leaving >= 0) addRow(means + <usize>(leaving * width) * 4, lines, counts, width, -1);
    if (y < 0) continue;
    const start = <usize>(y * width) * 4;
    let x: usize = 0;
    const end = <usize>width * 4;
    for (; x + 16 <= end; x += 16) {
      const shade = f32x4.div(v128.load(lines + x), v128.load(counts + x));
      v128.store(shapes + start + x, f32x4.sub(v128.load(raster + start + x), shade));
    }
    for (; x < end; x += 4) {
      const shade = load<f32>(lines + x) / load<f32>(counts + x);
      store<f32>(shapes + start + x, load<f32>(raster + start + x) - shade);
    }
  }
}

function meansOfRow(row: usize, means: usize, width: i32, radius: i32): void {
  let sum: f64 = 0;
  let count = 0;
  for (let i = -radius; i < width; i++) {
    const entering = i + radius;
    const leaving = i - radius - 1;
    if (entering < width) {
      const value = load<f32>(row + <usize>entering * 4);
      if (value == value) {
        sum += <f64>value;
        count++;
      }
    }
    if (leaving >= 0) {
      const value = load<f32>(row + <usize>leaving * 4);
      if (value == value) {
        sum -= <f64>value;
        count--;
      }
    }
    if (i >= 0) store<f32>(means + <usize>i * 4, count === 0 ? <f32>NaN : <f32>(sum / <f64>count));
  }
}

/** Adds a row to running sums, or takes it away. */
function addRow(row: usize, sums: usize, counts: usize, width: i32, sign: f32): void {
  const one = f32x4.splat(sign);
  const end = <usize>width * 4;
  let x: usize = 0;
  for (; x + 16 <= end; x += 16) {
    const value = v128.load(row + x);
    const isThere = f32x4.eq(value, value);
    const part = v128.and(f32x4.mul(value, one), isThere);
    v128.store(sums + x, f32x4.add(v128.load(sums + x), part));
    v128.store(counts + x, f32x4.add(v128.load(counts + x), v128.and(one, isThere)));
  }
  for (; x < end; x += 4) {
    const value = load<f32>(row + x);
    if (value != value) continue;
    store<f32>(sums + x, load<f32>(sums + x) + value * sign);
    store<f32>(counts + x, load<f32>(counts + x) + sign);
  }
}

/** Takes every second pixel of every second row, beginning with the first. */
export function halve(raster: usize, width: i32, height: i32, halved: usize): void {
  const halfWidth = width / 2;
  for (let y = 0; y < height / 2; y++) {
    const from = raster + <usize>(2 * y * width) * 4;
    const to = halved + <usize>(y * halfWidth) * 4;
    for (let x = 0; x < halfWidth; x++) store<f32>(to + <usize>x * 4, load<f32>(from + <usize>x * 8));
  }
}

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
