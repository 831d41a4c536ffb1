/** Measures and describes corners, given as pairs of x and y, 16 bits each. */

/** A weight of Harris' measure, and half the side of its window of gradients. */
const K: f64 = 0.04;
const WINDOW: i32 = 3;

function nextEight(at: usize): v128 {
  return v128.load_ext<u8>(at);
}

function sumOf(four: v128): i32 {
  return (
    i32x4.extract_lane(four, 0) +
    i32x4.extract_lane(four, 1) +
    i32x4.extract_lane(four, 2) +
    i32x4.extract_lane(four, 3)
  );
}

/**
 * Harris and Stephens' cornerness of each corner, at least five pixels from the edge. A row of the window's seven gradients is
 * computed side by side; the eighth is left out.
 *
 * @param scores room for a number of double precision each
 */
export function harrisScores(image: usize, width: i32, corners: usize, count: i32, scores: usize): void {
  const row: usize = <usize>width;
  const seven = i16x8(-1, -1, -1, -1, -1, -1, -1, 0);
  for (let i = 0; i < count; i++) {
    const corner = corners + <usize>i * 4;
    const x = <i32>load<u16>(corner);
    const y = <i32>load<u16>(corner + 2);
    let at = image + <usize>((y - WINDOW) * width + x - WINDOW);
    let across = i32x4.splat(0);
    let down = i32x4.splat(0);
    let both = i32x4.splat(0);
    for (let dy = -WINDOW; dy <= WINDOW; dy++, at += row) {
      const upLeft = nextEight(at - row - 1);
      const upRight = nextEight(at - row + 1);
      const downLeft = nextEight(at + row - 1);
      const downRight = nextEight(at + row + 1);
      const beside = i16x8.sub(nextEight(at + 1), nextEight(at - 1));
      const below = i16x8.sub(nextEight(at + row), nextEight(at - row));
      const rising = i16x8.sub(downRight, upLeft);
      const falling = i16x8.sub(upRight, downLeft);
      let gx = i16x8.add(i16x8.add(rising, falling), i16x8.add(beside, beside));
      const gy = i16x8.add(i16x8.sub(rising, falling), i16x8.add(below, below));
      gx = v128.and(gx, seven);
      const own = v128.and(gy, seven);
      across = i32x4.add(across, i32x4.dot_i16x8_s(gx, gx));
      down = i32x4.add(down, i32x4.dot_i16x8_s(own, own));
      both = i32x4.add(both, i32x4.dot_i16x8_s(gx, own));
    }
    const xx = <f64>sumOf(across);
    const yy = <f64>sumOf(down);
    const xy = <f64>sumOf(both);
    store<f64>(scores + <usize>i * 8, xx * yy - xy * xy - K * (xx + yy) * (xx + yy));
  }
}

/** Half the height of the disc whose brightness gives a corner's direction. */
const DISC: i32 = 15;

/**
 * Sums of brightness times distance from the corner, across and down, over a disc around each corner at least 16 pixels from the
 * edge.
 *
 * @param disc 31 rows of 32 bytes, 255 for a pixel of the disc; the first is 16 pixels left of the corner
 * @param sums room for two integers each
 */
export function momentsOf(
  image: usize,
  width: i32,
  corners: usize,
  count: i32,
  disc: usize,
  sums: usize,
): void {
  const first = i16x8(-16, -15, -14, -13, -12, -11, -10, -9);
  const eight = i16x8.splat(8);
  const second = i16x8.add(first, eight);
  const third = i16x8.add(second, eight);
  const fourth = i16x8.add(third, eight);
  for (let i = 0; i < count; i++) {
    const corner = corners + <usize>i * 4;
    const x = <i32>load<u16>(corner);
    const y = <i32>load<u16>(corner + 2);
    let at = image + <usize>((y - DISC) * width + x - 16);
    let mask = disc;
    let across = i32x4.splat(0);
    let down = i32x4.splat(0);
    for (let dy = -DISC; dy <= DISC; dy++, at += <usize>width, mask += 32) {
      const left = v128.and(v128.load(at), v128.load(mask));
      const right = v128.and(v128.load(at + 16), v128.load(mask + 16));
      across = i32x4.add(across, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(left), first));
      across = i32x4.add(across, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(left), second));
      across = i32x4.add(across, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(right), third));
      across = i32x4.add(across, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(right), fourth));
      const pairs = i16x8.add(i16x8.extadd_pairwise_i8x16_u(left), i16x8.extadd_pairwise_i8x16_u(right));
      down = i32x4.add(down, i32x4.dot_i16x8_s(pairs, i16x8.splat(<i16>dy)));
    }
    store<i32>(sums + <usize>i * 8, sumOf(across));
    store<i32>(sums + <usize>i * 8 + 4, sumOf(down));
  }
}

/**
 * Steered BRIEF: 256 comparisons of two points around each corner.
 *
 * @param turns one byte each: the pattern's direction
 * @param pattern 256 pairs of points for each direction: x1, y1, x2, y2, one signed byte each
 * @param descriptors room for eight words each
 */
export function describeCorners(
  image: usize,
  width: i32,
  corners: usize,
  count: i32,
  turns: usize,
  pattern: usize,
  descriptors: usize,
): void {
  for (let i = 0; i < count; i++) {
    const corner = corners + <usize>i * 4;
    const centre = image + <usize>(<i32>load<u16>(corner + 2) * width + <i32>load<u16>(corner));
    let points = pattern + <usize>load<u8>(turns + <usize>i) * 1024;
    for (let word: usize = 0; word < 8; word++) {
      let bits: u32 = 0;
      for (let bit = 0; bit < 32; bit++, points += 4) {
        const one = load<u8>(centre + <usize>(<i32>load<i8>(points + 1) * width + <i32>load<i8>(points)));
        const other = load<u8>(
          centre + <usize>(<i32>load<i8>(points + 3) * width + <i32>load<i8>(points + 2)),
        );
        bits = (bits << 1) | (<u32>(one < other));
      }
      store<u32>(descriptors + <usize>i * 32 + word * 4, bits);
    }
  }
}
