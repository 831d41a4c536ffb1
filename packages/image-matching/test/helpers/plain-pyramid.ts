/** The plain form of what the kernels compute, which they are held to. */
import { type Luma } from '../../decode/luma.ts';

/** Bilinear resizing in 8-bit fixed point; good for factors up to two. */
export function resizeBilinear(from: Luma, width: number, height: number): Luma {
  const data = new Uint8Array(width * height);
  const columns = new Int32Array(width);
  const shares = new Int32Array(width);
  for (let x = 0; x < width; x++) {
    const at = sourcePosition(x, width, from.width);
    columns[x] = Math.floor(at);
    shares[x] = Math.round((at - Math.floor(at)) * 256);
  }
  for (let y = 0, out = 0; y < height; y++) {
    const at = sourcePosition(y, height, from.height);
    const upper = Math.floor(at) * from.width;
    const lower = upper + from.width;
    const share = Math.round((at - Math.floor(at)) * 256);
    for (let x = 0; x < width; x++, out++) {
      const column = columns[x]!;
      const right = shares[x]!;
      const above = from.data[upper + column]! * (256 - right) + from.data[upper + column + 1]! * right;
      const below = from.data[lower + column]! * (256 - right) + from.data[lower + column + 1]! * right;
      data[out] = (above * (256 - share) + below * share + 32768) >>> 16;
    }
  }
  return { width, height, data };
}

/** Centre of a pixel in the source, clamped so that its right and lower neighbours exist. */
function sourcePosition(at: number, size: number, sourceSize: number): number {
  const position = ((at + 0.5) * sourceSize) / size - 0.5;
  return Math.min(Math.max(position, 0), sourceSize - 1.001);
}

/** Box blur of 5 × 5 by running sums; the outer two pixels keep their value. */
export function boxBlur5({ width, height, data }: Luma): Luma {
  const sums = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = data[row]! + data[row + 1]! + data[row + 2]! + data[row + 3]! + data[row + 4]!;
    for (let x = 2; ; x++) {
      sums[row + x] = sum;
      if (x + 3 >= width) break;
      sum += data[row + x + 3]! - data[row + x - 2]!;
    }
  }
  const blurred = data.slice();
  const column = new Uint32Array(width);
  for (let y = 0; y < 4; y++) {
    for (let x = 2; x < width - 2; x++) column[x]! += sums[y * width + x]!;
  }
  for (let y = 2; y < height - 2; y++) {
    const enter = (y + 2) * width;
    const leave = (y - 2) * width;
    for (let x = 2; x < width - 2; x++) {
      const sum = column[x]! + sums[enter + x]!;
      // 1 / 25 in 18-bit fixed point.
      blurred[y * width + x] = (sum * 10486 + 131072) >>> 18;
      column[x] = sum - sums[leave + x]!;
    }
  }
  return { width, height, data: blurred };
}
