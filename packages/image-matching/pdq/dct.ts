import { kernels, Room, viewFloats } from '../kernels/kernels.ts';

/** Side of the square of samples of the filtered picture. */
export const SAMPLES = 64;
/** Side of the square of frequencies in the hash. */
export const FREQUENCIES = 16;

/** Rows 1 to 16 of the 64-point DCT-II matrix (the constant row is left out). */
const MATRIX = dctMatrix();
const TURNED = turned(MATRIX);

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

function turned(matrix: Float32Array): Float32Array {
  const columns = new Float32Array(matrix.length);
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < SAMPLES; j++) columns[j * FREQUENCIES + i] = matrix[i * SAMPLES + j]!;
  }
  return columns;
}

/** D · A · Dᵀ of a 64 × 64 square, in single precision: 16 × 16 frequencies, row by row. */
export function lowFrequencies(square: Float32Array): Float32Array {
  const room = new Room();
  const [squareAt, matrix, columns] = [room.put(square), room.put(MATRIX), room.put(TURNED)];
  const half = room.take(4 * FREQUENCIES * SAMPLES);
  const frequencies = room.take(4 * FREQUENCIES * FREQUENCIES);
  kernels.lowFrequencies(squareAt, matrix, columns, half, frequencies);
  return viewFloats(frequencies, FREQUENCIES * FREQUENCIES).slice();
}
