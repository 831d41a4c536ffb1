import { type Luma } from '../decode/luma.ts';

/** Radius of the disc whose brightness gives a corner's direction. */
export const ORIENTATION_RADIUS = 15;

/** Half the length of the disc's row, by distance from the middle row. */
const HALF_ROWS = Int32Array.from({ length: ORIENTATION_RADIUS + 1 }, (_, dy) =>
  Math.floor(Math.sqrt(ORIENTATION_RADIUS ** 2 - dy ** 2)),
);

/** Angle from a corner to its surroundings' centre of brightness, in radians (Rosin, 1999; as in ORB). */
export function orientation({ width, data }: Luma, x: number, y: number): number {
  let mx = 0;
  let my = 0;
  for (let dy = -ORIENTATION_RADIUS; dy <= ORIENTATION_RADIUS; dy++) {
    const half = HALF_ROWS[Math.abs(dy)]!;
    const middle = (y + dy) * width + x;
    let row = 0;
    for (let dx = -half; dx <= half; dx++) {
      const value = data[middle + dx]!;
      row += value;
      mx += dx * value;
    }
    my += dy * row;
  }
  return Math.atan2(my, mx);
}
