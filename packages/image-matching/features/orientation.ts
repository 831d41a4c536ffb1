import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewInts } from '../kernels/kernels.ts';

/** Radius of the disc whose brightness gives a corner's direction. The kernel is written for it. */
export const ORIENTATION_RADIUS = 15;

const ROW = 32;
const DISC = discOf(ORIENTATION_RADIUS);

/** Marks the pixels of the disc, row by row; the middle of a row is its seventeenth byte. */
function discOf(radius: number): Uint8Array {
  const disc = new Uint8Array(ROW * (2 * radius + 1));
  for (let dy = -radius; dy <= radius; dy++) {
    const half = Math.floor(Math.sqrt(radius ** 2 - dy ** 2));
    const middle = (dy + radius) * ROW + ROW / 2;
    disc.fill(255, middle - half, middle + half + 1);
  }
  return disc;
}

/**
 * Angles from corners to their surroundings' centres of brightness, in radians (Rosin, 1999; as in ORB).
 *
 * @param corners x and y of each, more than the radius from the edge
 */
export function orientations({ width, data }: Luma, corners: Uint16Array): Float64Array {
  const count = corners.length / 2;
  const room = new Room();
  const [image, places, disc] = [room.put(data), room.put(corners), room.put(DISC)];
  const sums = room.take(8 * count);
  kernels.momentsOf(image, width, places, count, disc, sums);
  const moments = viewInts(sums, 2 * count);
  return Float64Array.from({ length: count }, (_, i) => Math.atan2(moments[2 * i + 1]!, moments[2 * i]!));
}
