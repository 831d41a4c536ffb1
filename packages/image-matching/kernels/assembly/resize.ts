/**
 * Bilinear resizing in 8-bit fixed point.
 *
 * @param columns the left source column of each new pixel, 32 bits; `rows` likewise
 * @param columnShares how much of the right neighbour it takes, of 256, 32 bits; `rowShares` likewise
 * @param lines scratch for two lines of `width` numbers of 16 bits, 16 bytes behind each
 */
export function resizeBilinear(
  image: usize,
  imageWidth: i32,
  width: i32,
  height: i32,
  columns: usize,
  columnShares: usize,
  rows: usize,
  rowShares: usize,
  lines: usize,
  resized: usize,
): void {
  let upper = lines;
  let lower = lines + <usize>width * 2 + 16;
  let upperRow = -1;
  let lowerRow = -1;
  const half = i32x4.splat(32768);
  for (let y = 0; y < height; y++) {
    const row = load<i32>(rows + <usize>y * 4);
    const share = load<i32>(rowShares + <usize>y * 4);
    if (row === lowerRow) {
      const line = upper;
      upper = lower;
      lower = line;
      upperRow = row;
      lowerRow = -1;
    }
    if (row !== upperRow) resizeLine(image + <usize>(row * imageWidth), width, columns, columnShares, upper);
    if (row + 1 !== lowerRow) {
      resizeLine(image + <usize>((row + 1) * imageWidth), width, columns, columnShares, lower);
    }
    upperRow = row;
    lowerRow = row + 1;
    const out = resized + <usize>(y * width);
    const above = i16x8.splat(<i16>(256 - share));
    const below = i16x8.splat(<i16>share);
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const a = v128.load(upper + <usize>x * 2);
      const b = v128.load(lower + <usize>x * 2);
      const low = i32x4.add(i32x4.extmul_low_i16x8_u(a, above), i32x4.extmul_low_i16x8_u(b, below));
      const high = i32x4.add(i32x4.extmul_high_i16x8_u(a, above), i32x4.extmul_high_i16x8_u(b, below));
      const both = i16x8.narrow_i32x4_u(
        i32x4.shr_u(i32x4.add(low, half), 16),
        i32x4.shr_u(i32x4.add(high, half), 16),
      );
      v128.store64_lane(out + <usize>x, i8x16.narrow_i16x8_u(both, both), 0);
    }
    for (; x < width; x++) {
      const a = <u32>load<u16>(upper + <usize>x * 2);
      const b = <u32>load<u16>(lower + <usize>x * 2);
      store<u8>(out + <usize>x, <u8>((a * (256 - share) + b * share + 32768) >> 16));
    }
  }
}

function resizeLine(row: usize, width: i32, columns: usize, shares: usize, line: usize): void {
  for (let x: usize = 0; x < <usize>width; x++) {
    const at = row + <usize>load<i32>(columns + x * 4);
    const share = load<u32>(shares + x * 4);
    store<u16>(line + x * 2, <u16>(load<u8>(at) * (256 - share) + <u32>load<u8>(at + 1) * share));
  }
}
