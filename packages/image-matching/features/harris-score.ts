import { type Luma } from '../decode/luma.ts';

/** Half the side of the window of gradients. */
const RADIUS = 3;
const K = 0.04;

/** Harris and Stephens' cornerness (1988) at a pixel: high on corners, negative along edges. */
export function harrisScore({ width, data }: Luma, x: number, y: number): number {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    let at = (y + dy) * width + x - RADIUS;
    for (let dx = -RADIUS; dx <= RADIUS; dx++, at++) {
      const upLeft = data[at - width - 1]!;
      const upRight = data[at - width + 1]!;
      const downLeft = data[at + width - 1]!;
      const downRight = data[at + width + 1]!;
      const gx = upRight + downRight - upLeft - downLeft + 2 * (data[at + 1]! - data[at - 1]!);
      const gy = downLeft + downRight - upLeft - upRight + 2 * (data[at + width]! - data[at - width]!);
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
    }
  }
  return xx * yy - xy * xy - K * (xx + yy) * (xx + yy);
}
