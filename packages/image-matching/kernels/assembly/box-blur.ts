/**
 * Box blur of 5 × 5; the outer two pixels keep their value.
 *
 * @param sums scratch for width × height numbers of 16 bits
 * @param columns scratch for width numbers of 16 bits, and 16 bytes behind it and behind the pictures
 */
export function boxBlur5(
  image: usize,
  width: i32,
  height: i32,
  sums: usize,
  columns: usize,
  blurred: usize,
): void {
  for (let y = 0; y < height; y++) sumRow(image + <usize>(y * width), width, sums + <usize>(y * width) * 2);
  memory.copy(blurred, image, <usize>(width * height));
  memory.fill(columns, 0, <usize>width * 2);
  for (let y = 0; y < 4; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = columns + <usize>x * 2;
      store<u16>(at, load<u16>(at) + load<u16>(sums + <usize>(y * width + x) * 2));
    }
  }
  // 1 / 25 in 18-bit fixed point.
  const share = i16x8.splat(10486);
  const half = i32x4.splat(131072);
  for (let y = 2; y < height - 2; y++) {
    const enter = sums + <usize>((y + 2) * width) * 2;
    const leave = sums + <usize>((y - 2) * width) * 2;
    const out = blurred + <usize>(y * width);
    let x = 2;
    for (; x + 8 <= width - 2; x += 8) {
      const at = columns + <usize>x * 2;
      const sum = i16x8.add(v128.load(at), v128.load(enter + <usize>x * 2));
      const low = i32x4.shr_u(i32x4.add(i32x4.extmul_low_i16x8_u(sum, share), half), 18);
      const high = i32x4.shr_u(i32x4.add(i32x4.extmul_high_i16x8_u(sum, share), half), 18);
      const means = i16x8.narrow_i32x4_u(low, high);
      v128.store64_lane(out + <usize>x, i8x16.narrow_i16x8_u(means, means), 0);
      v128.store(at, i16x8.sub(sum, v128.load(leave + <usize>x * 2)));
    }
    for (; x < width - 2; x++) {
      const at = columns + <usize>x * 2;
      const sum: u32 = <u32>load<u16>(at) + <u32>load<u16>(enter + <usize>x * 2);
      store<u8>(out + <usize>x, <u8>((sum * 10486 + 131072) >> 18));
      store<u16>(at, <u16>(sum - load<u16>(leave + <usize>x * 2)));
    }
  }
}

/** Sums of five neighbours. */
function sumRow(row: usize, width: i32, sums: usize): void {
  let x = 2;
  for (; x + 8 <= width - 2; x += 8) {
    const at = row + <usize>x;
    let sum = i16x8.add(v128.load8x8_u(at - 2), v128.load8x8_u(at - 1));
    sum = i16x8.add(sum, i16x8.add(v128.load8x8_u(at), v128.load8x8_u(at + 1)));
    v128.store(sums + <usize>x * 2, i16x8.add(sum, v128.load8x8_u(at + 2)));
  }
  for (; x < width - 2; x++) {
    const at = row + <usize>x;
    const sum = <u32>load<u8>(at - 2) + load<u8>(at - 1) + load<u8>(at) + load<u8>(at + 1) + load<u8>(at + 2);
    store<u16>(sums + <usize>x * 2, <u16>sum);
  }
}
