/** Luma of packed RGB; weights of ITU-R BT.601. */

function reds(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1));
}

function greens(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1));
}

function blues(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
}

/**
 * Full precision, as the PDQ reference computes it: each product and sum is rounded to single precision. Up to three numbers
 * behind the last are overwritten.
 */
export function exactLuma(rgb: usize, pixels: i32, luma: usize): void {
  const red = f32x4.splat(0.299);
  const green = f32x4.splat(0.587);
  const blue = f32x4.splat(0.114);
  for (let i = 0; i < pixels; i += 4) {
    const four = v128.load(rgb + <usize>i * 3);
    const r = f32x4.mul(f32x4.convert_i32x4_u(reds(four)), red);
    const g = f32x4.mul(f32x4.convert_i32x4_u(greens(four)), green);
    const b = f32x4.mul(f32x4.convert_i32x4_u(blues(four)), blue);
    v128.store(luma + <usize>i * 4, f32x4.add(f32x4.add(r, g), b));
  }
}

/** Rounded to a byte, by 16-bit fixed point. Up to three bytes behind the last are overwritten. */
export function byteLuma(rgb: usize, pixels: i32, luma: usize): void {
  const red = i32x4.splat(19595);
  const green = i32x4.splat(38470);
  const blue = i32x4.splat(7471);
  const half = i32x4.splat(32768);
  for (let i = 0; i < pixels; i += 4) {
    const four = v128.load(rgb + <usize>i * 3);
    let sum = i32x4.add(i32x4.mul(reds(four), red), i32x4.mul(greens(four), green));
    sum = i32x4.shr_u(i32x4.add(i32x4.add(sum, i32x4.mul(blues(four), blue)), half), 16);
    const shorts = i16x8.narrow_i32x4_u(sum, sum);
    v128.store32_lane(luma + <usize>i, i8x16.narrow_i16x8_u(shorts, shorts), 0);
  }
}
