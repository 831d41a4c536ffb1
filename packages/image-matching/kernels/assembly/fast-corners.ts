/** Places on the circle, each with a row of masks for 16 pixels. */
const CIRCLE: usize = memory.data(16 * 4, 16);
const BRIGHTER: usize = memory.data(16 * 16, 16);
const DARKER: usize = memory.data(16 * 16, 16);
const LANES: usize = memory.data(16 * 2, 16);

/** Writes the circle's distances in memory, clockwise from the top, for rows of `width` pixels. */
function layCircle(width: i32): void {
  store<i32>(CIRCLE, -3 * width);
  store<i32>(CIRCLE + 4, -3 * width + 1);
  store<i32>(CIRCLE + 8, -2 * width + 2);
  store<i32>(CIRCLE + 12, -width + 3);
  store<i32>(CIRCLE + 16, 3);
  store<i32>(CIRCLE + 20, width + 3);
  store<i32>(CIRCLE + 24, 2 * width + 2);
  store<i32>(CIRCLE + 28, 3 * width + 1);
  store<i32>(CIRCLE + 32, 3 * width);
  store<i32>(CIRCLE + 36, 3 * width - 1);
  store<i32>(CIRCLE + 40, 2 * width - 2);
  store<i32>(CIRCLE + 44, width - 3);
  store<i32>(CIRCLE + 48, -3);
  store<i32>(CIRCLE + 52, -width - 3);
  store<i32>(CIRCLE + 56, -2 * width - 2);
  store<i32>(CIRCLE + 60, -3 * width - 1);
}

function onCircle(at: usize, place: usize): v128 {
  return v128.load(at + <usize>load<i32>(CIRCLE + place * 4));
}

/** Pixels with nine neighbouring marks on the circle; `marks` holds a row of masks for each place. */
function withArc(marks: usize): v128 {
  let found = i8x16.splat(0);
  for (let start: usize = 0; start < 16; start++) {
    let arc = v128.load(marks + start * 16);
    for (let i: usize = 1; i < 9; i++) arc = v128.and(arc, v128.load(marks + ((start + i) & 15) * 16));
    found = v128.or(found, arc);
  }
  return found;
}

/**
 * Writes the score of each pixel, 16 bits, 0 for no corner. Pixels nearer to the edge than `border` stay 0.
 *
 * @param scores room for width × height + 16 scores
 */
function scoreCorners(
  image: usize,
  width: i32,
  height: i32,
  threshold: i32,
  border: i32,
  scores: usize,
): void {
  memory.fill(scores, 0, <usize>(width * height + 16) * 2);
  layCircle(width);
  const contrast = i8x16.splat(<i8>threshold);
  for (let y = border; y < height - border; y++) {
    const end = width - border;
    for (let x = border; x < end; x += 16) {
      const at = image + <usize>(y * width + x);
      const middle = v128.load(at);
      const high = i8x16.add_sat_u(middle, contrast);
      const low = i8x16.sub_sat_u(middle, contrast);
      // An arc of nine covers one of every two opposite pixels, so most pixels fail at the first pairs.
      let a = onCircle(at, 0);
      let b = onCircle(at, 8);
      let bright = v128.or(i8x16.gt_u(a, high), i8x16.gt_u(b, high));
      let dark = v128.or(i8x16.lt_u(a, low), i8x16.lt_u(b, low));
      a = onCircle(at, 4);
      b = onCircle(at, 12);
      bright = v128.and(bright, v128.or(i8x16.gt_u(a, high), i8x16.gt_u(b, high)));
      dark = v128.and(dark, v128.or(i8x16.lt_u(a, low), i8x16.lt_u(b, low)));
      if (!v128.any_true(v128.or(bright, dark))) continue;
      a = onCircle(at, 2);
      b = onCircle(at, 10);
      bright = v128.and(bright, v128.or(i8x16.gt_u(a, high), i8x16.gt_u(b, high)));
      dark = v128.and(dark, v128.or(i8x16.lt_u(a, low), i8x16.lt_u(b, low)));
      a = onCircle(at, 6);
      b = onCircle(at, 14);
      bright = v128.and(bright, v128.or(i8x16.gt_u(a, high), i8x16.gt_u(b, high)));
      dark = v128.and(dark, v128.or(i8x16.lt_u(a, low), i8x16.lt_u(b, low)));
      if (!v128.any_true(v128.or(bright, dark))) continue;
      let brightLow = i16x8.splat(0);
      let brightHigh = i16x8.splat(0);
      let darkLow = i16x8.splat(0);
      let darkHigh = i16x8.splat(0);
      for (let place: usize = 0; place < 16; place++) {
        const value = onCircle(at, place);
        const above = i8x16.sub_sat_u(value, high);
        const below = i8x16.sub_sat_u(low, value);
        v128.store(BRIGHTER + place * 16, i8x16.gt_u(value, high));
        v128.store(DARKER + place * 16, i8x16.lt_u(value, low));
        brightLow = i16x8.add(brightLow, i16x8.extend_low_i8x16_u(above));
        brightHigh = i16x8.add(brightHigh, i16x8.extend_high_i8x16_u(above));
        darkLow = i16x8.add(darkLow, i16x8.extend_low_i8x16_u(below));
        darkHigh = i16x8.add(darkHigh, i16x8.extend_high_i8x16_u(below));
      }
      bright = v128.and(bright, withArc(BRIGHTER));
      dark = v128.and(dark, withArc(DARKER));
      if (end - x < 16) {
        // The last pixels of a row: those behind it belong to the border.
        const inside = i8x16.lt_u(v128.load(LANES), i8x16.splat(<i8>(end - x)));
        bright = v128.and(bright, inside);
        dark = v128.and(dark, inside);
      }
      if (!v128.any_true(v128.or(bright, dark))) continue;
      const out = scores + <usize>(y * width + x) * 2;
      v128.store(
        out,
        v128.or(
          v128.and(brightLow, i16x8.extend_low_i8x16_s(bright)),
          v128.and(darkLow, i16x8.extend_low_i8x16_s(dark)),
        ),
      );
      v128.store(
        out + 16,
        v128.or(
          v128.and(brightHigh, i16x8.extend_high_i8x16_s(bright)),
          v128.and(darkHigh, i16x8.extend_high_i8x16_s(dark)),
        ),
      );
    }
  }
}

/**
 * FAST-9 corners that are no weaker than their eight neighbours, in the order of rows. Of a plateau the last pixel stays.
 *
 * @param scores scratch for width × height + 16 scores of 16 bits
 * @param corners room for a place (x, then y) and a score, 16 bits each, for a quarter of the pixels
 * @returns how many were found
 */
export function fastCorners(
  image: usize,
  width: i32,
  height: i32,
  threshold: i32,
  border: i32,
  scores: usize,
  corners: usize,
): i32 {
  for (let lane: usize = 0; lane < 16; lane++) store<u8>(LANES + lane, <u8>lane);
  scoreCorners(image, width, height, threshold, border, scores);
  const none = i16x8.splat(0);
  const row: usize = <usize>width * 2;
  let count = 0;
  for (let y = border; y < height - border; y++) {
    for (let x = border; x < width - border; x += 8) {
      const first = scores + <usize>(y * width + x) * 2;
      let lanes = i16x8.bitmask(i16x8.ne(v128.load(first), none));
      while (lanes !== 0) {
        const lane = ctz(lanes);
        lanes &= lanes - 1;
        if (x + lane >= width - border) break;
        const at = first + <usize>lane * 2;
        const score = load<u16>(at);
        if (
          score >= load<u16>(at - 2) &&
          score > load<u16>(at + 2) &&
          score >= load<u16>(at - row) &&
          score >= load<u16>(at - row - 2) &&
          score >= load<u16>(at - row + 2) &&
          score > load<u16>(at + row) &&
          score > load<u16>(at + row - 2) &&
          score > load<u16>(at + row + 2)
        ) {
          const out = corners + <usize>count * 6;
          store<u16>(out, <u16>(x + lane));
          store<u16>(out + 2, <u16>y);
          store<u16>(out + 4, score);
          count++;
        }
      }
    }
  }
  return count;
}
