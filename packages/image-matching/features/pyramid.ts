import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewBytes } from '../kernels/kernels.ts';

/** Each level is smaller by this factor, as in ORB. */
export const LEVEL_FACTOR = 1.2;

/**
 * Builds the picture and smaller and smaller copies.
 *
 * @param levels most levels; fewer when a copy would be smaller than `minSidePx`
 */
export function buildPyramid(base: Luma, levels: number, minSidePx: number): Luma[] {
  const pyramid = [base];
  for (let level = 1; level < levels; level++) {
    const scale = LEVEL_FACTOR ** level;
    const width = Math.round(base.width / scale);
    const height = Math.round(base.height / scale);
    if (Math.min(width, height) < minSidePx) break;
    pyramid.push(resizeBilinear(pyramid[level - 1]!, width, height));
  }
  return pyramid;
}

/** Bilinear resizing in 8-bit fixed point; good for factors up to two. Both sides of the picture have two pixels or more. */
export function resizeBilinear(from: Luma, width: number, height: number): Luma {
  const room = new Room();
  const image = room.put(from.data);
  const [columns, columnShares] = sourcePlaces(width, from.width);
  const [rows, rowShares] = sourcePlaces(height, from.height);
  const [columnsAt, columnSharesAt] = [room.put(columns), room.put(columnShares)];
  const [rowsAt, rowSharesAt] = [room.put(rows), room.put(rowShares)];
  const lines = room.take(4 * width + 16);
  const resized = room.take(width * height);
  kernels.resizeBilinear(
    ...[image, from.width, width, height, columnsAt, columnSharesAt, rowsAt, rowSharesAt, lines, resized],
  );
  return { width, height, data: viewBytes(resized, width * height).slice() };
}

/** For each new pixel of a line, the source pixel before its centre, and the share of the next one, of 256. */
function sourcePlaces(size: number, sourceSize: number): [places: Int32Array, shares: Int32Array] {
  const places = new Int32Array(size);
  const shares = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const at = sourcePosition(i, size, sourceSize);
    places[i] = Math.floor(at);
    shares[i] = Math.round((at - Math.floor(at)) * 256);
  }
  return [places, shares];
}

/** Centre of a pixel in the source, clamped so that its right and lower neighbours exist. */
function sourcePosition(at: number, size: number, sourceSize: number): number {
  const position = ((at + 0.5) * sourceSize) / size - 0.5;
  return Math.min(Math.max(position, 0), sourceSize - 1.001);
}

/** Box blur of 5 × 5; the outer two pixels keep their value. Both sides have five pixels or more. */
export function boxBlur5({ width, height, data }: Luma): Luma {
  const room = new Room();
  const image = room.put(data);
  const sums = room.take(2 * width * height);
  const columns = room.take(2 * width);
  const blurred = room.take(width * height);
  kernels.boxBlur5(image, width, height, sums, columns, blurred);
  return { width, height, data: viewBytes(blurred, width * height).slice() };
}
