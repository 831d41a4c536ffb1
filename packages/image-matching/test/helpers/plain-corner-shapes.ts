import { type Luma } from '../../decode/luma.ts';
import { ORIENTATION_RADIUS } from '../../features/orientation.ts';
import { TURNED_PATTERN, TURNS } from '../../features/brief-descriptor.ts';

const WINDOW = 3;
const K = 0.04;

export function harrisScore({ width, data }: Luma, x: number, y: number): number {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let dy = -WINDOW; dy <= WINDOW; dy++) {
    let at = (y + dy) * width + x - WINDOW;
    for (let dx = -WINDOW; dx <= WINDOW; dx++, at++) {
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

export function orientation({ width, data }: Luma, x: number, y: number): number {
  let mx = 0;
  let my = 0;
  for (let dy = -ORIENTATION_RADIUS; dy <= ORIENTATION_RADIUS; dy++) {
    const half = Math.floor(Math.sqrt(ORIENTATION_RADIUS ** 2 - dy ** 2));
    for (let dx = -half; dx <= half; dx++) {
      const value = data[(y + dy) * width + x + dx]!;
      mx += dx * value;
      my += dy * value;
    }
  }
  return Math.atan2(my, mx);
}

export function describeCorner({ width, data }: Luma, x: number, y: number, angle: number): Uint32Array {
  const turn = Math.round((angle / (2 * Math.PI)) * TURNS + TURNS) % TURNS;
  const points = TURNED_PATTERN.subarray(turn * 1024, (turn + 1) * 1024);
  const brightness = (at: number) => data[(y + points[at + 1]!) * width + x + points[at]!]!;
  const words = new Uint32Array(8);
  for (let bit = 0; bit < 256; bit++) {
    const isSet = brightness(bit * 4) < brightness(bit * 4 + 2);
    if (isSet) words[bit >>> 5]! |= 1 << (31 - (bit & 31));
  }
  return words;
}
