import { type Luma } from '../decode/luma.ts';

/** Bilinear brightness at shares of width and height; the edge continues outside the picture. */
export function brightnessAt({ width, height, data }: Luma, x: number, y: number): number {
  const px = Math.min(Math.max(x * width - 0.5, 0), width - 1);
  const py = Math.min(Math.max(y * height - 0.5, 0), height - 1);
  const left = Math.floor(px);
  const top = Math.floor(py);
  const right = Math.min(left + 1, width - 1);
  const upper = top * width;
  const lower = Math.min(top + 1, height - 1) * width;
  const sx = px - left;
  const sy = py - top;
  const above = data[upper + left]! * (1 - sx) + data[upper + right]! * sx;
  const below = data[lower + left]! * (1 - sx) + data[lower + right]! * sx;
  return above * (1 - sy) + below * sy;
}
