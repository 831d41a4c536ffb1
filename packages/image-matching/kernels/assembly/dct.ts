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
