/** The plain form of what the kernels compute, which they are held to. */
/** Side of the square of samples of the filtered picture. */
const SAMPLES = 64;
/** Side of the square of frequencies in the hash. */
const FREQUENCIES = 16;

/** Rows 1 to 16 of the 64-point DCT-II matrix (the constant row is left out). */
const MATRIX = dctMatrix();

function dctMatrix(): Float32Array {
  const matrix = new Float32Array(FREQUENCIES * SAMPLES);
  const scale = Math.sqrt(2 / SAMPLES);
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      matrix[i * SAMPLES + j] = scale * Math.cos((Math.PI / 2 / SAMPLES) * (i + 1) * (2 * j + 1));
    }
  }
  return matrix;
}

/** D · A · Dᵀ of a 64 × 64 square, in single precision: 16 × 16 frequencies, row by row. */
export function lowFrequencies(square: Float32Array): Float32Array {
  const half = new Float32Array(FREQUENCIES * SAMPLES);
  for (let i = 0; i < FREQUENCIES; i++) {
    const row = half.subarray(i * SAMPLES, (i + 1) * SAMPLES);
    // Row by row, so that memory is read in order; each sum still grows in the reference's order.
    for (let k = 0; k < SAMPLES; k++) {
      const weight = MATRIX[i * SAMPLES + k]!;
      for (let j = 0; j < SAMPLES; j++) {
        row[j] = Math.fround(row[j]! + Math.fround(weight * square[k * SAMPLES + j]!));
      }
    }
  }
  const out = new Float32Array(FREQUENCIES * FREQUENCIES);
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < FREQUENCIES; j++) {
      let sum = Math.fround(0);
      for (let k = 0; k < SAMPLES; k++) {
        sum = Math.fround(sum + Math.fround(half[i * SAMPLES + k]! * MATRIX[j * SAMPLES + k]!));
      }
      out[i * FREQUENCIES + j] = sum;
    }
  }
  return out;
}

/** Quality: the sum of steps between neighbours, each in whole per cent of the full range. */
export function quality(square: Float32Array): number {
  let steps = 0;
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      const here = square[i * SAMPLES + j]!;
      if (i + 1 < SAMPLES) steps += step(here, square[(i + 1) * SAMPLES + j]!);
      if (j + 1 < SAMPLES) steps += step(here, square[i * SAMPLES + j + 1]!);
    }
  }
  return Math.min(100, Math.floor(steps / 90));
}

function step(u: number, v: number): number {
  return Math.abs(Math.trunc(Math.fround(Math.fround(Math.fround(u - v) * 100) / 255)));
}
