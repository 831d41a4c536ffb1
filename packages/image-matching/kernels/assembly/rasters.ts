/** Grey rasters of 32-bit numbers, row by row, with NaN outside of the picture. */

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
