const SAMPLES: usize = 64;
const FREQUENCIES: usize = 16;

/**
 * D · A · Dᵀ of a square of 64 × 64, in single precision; each sum grows in the reference's order.
 *
 * @param matrix D: 16 rows of 64 numbers
 * @param turned D with rows and columns changed
 * @param half scratch for 16 × 64 numbers
 */
export function lowFrequencies(
  square: usize,
  matrix: usize,
  turned: usize,
  half: usize,
  frequencies: usize,
): void {
  multiply(matrix, square, SAMPLES, half);
  multiply(half, turned, FREQUENCIES, frequencies);
}

/** 16 rows of 64 numbers times 64 rows of `columns` numbers. */
function multiply(left: usize, right: usize, columns: usize, product: usize): void {
  for (let i: usize = 0; i < FREQUENCIES; i++) {
    const row = left + i * SAMPLES * 4;
    const out = product + i * columns * 4;
    for (let j: usize = 0; j < columns; j += 16) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let c = f32x4.splat(0);
      let d = f32x4.splat(0);
      let at = right + j * 4;
      for (let k: usize = 0; k < SAMPLES; k++, at += columns * 4) {
        const weight = v128.load32_splat(row + k * 4);
        a = f32x4.add(a, f32x4.mul(weight, v128.load(at)));
        b = f32x4.add(b, f32x4.mul(weight, v128.load(at + 16)));
        c = f32x4.add(c, f32x4.mul(weight, v128.load(at + 32)));
        d = f32x4.add(d, f32x4.mul(weight, v128.load(at + 48)));
      }
      v128.store(out + j * 4, a);
      v128.store(out + j * 4 + 16, b);
      v128.store(out + j * 4 + 32, c);
      v128.store(out + j * 4 + 48, d);
    }
  }
}

/** Sum of the steps between neighbours of a 64 × 64 square, down and across, each in whole per cent of the full range. */
export function stepsOf(square: usize): i32 {
  const row: usize = 64 * 4;
  const inside = i32x4(-1, -1, -1, 0);
  let sum = i32x4.splat(0);
  for (let y: usize = 0; y < 64; y++) {
    for (let x: usize = 0; x < row; x += 16) {
      const at = square + y * row + x;
      const here = v128.load(at);
      if (y < 63) sum = i32x4.add(sum, stepsBetween(here, v128.load(at + row)));
      const across = stepsBetween(here, v128.load(at + 4));
      sum = i32x4.add(sum, x + 16 < row ? across : v128.and(across, inside));
    }
  }
  return (
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3)
  );
}

function stepsBetween(a: v128, b: v128): v128 {
  const perCent = f32x4.div(f32x4.mul(f32x4.sub(a, b), f32x4.splat(100)), f32x4.splat(255));
  return i32x4.abs(i32x4.trunc_sat_f32x4_s(perCent));
}
