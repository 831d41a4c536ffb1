import { type RgbImage } from '../decode/rgb-image.ts';

/** How far the camera leans, nods and turns. */
const LEAN = 0.1;
const NOD = -0.07;
const TURN = 0.04;
/** Room around the screen, and its brightness. */
const ROOM = 1.15;
const DARK = 45;
const NOISE = 14;

/** A photograph of a screen with the picture: in perspective, unevenly lit, with noise; the same each time. */
export function photograph({ width, height, data }: RgbImage): RgbImage {
  const out = new Uint8Array(width * height * 3);
  let state = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width - 0.5, y / height - 0.5];
      const depth = 1 + LEAN * u + NOD * v;
      const fromX = (((u - TURN * v) * ROOM) / depth + 0.5) * width;
      const fromY = (((v + TURN * u) * ROOM) / depth + 0.5) * height;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const isInside = left >= 0 && top >= 0 && left < width - 1 && top < height - 1;
      const [right, bottom] = [fromX - left, fromY - top];
      const light = 0.75 + 0.25 * (1 - u - v / 2);
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = (state / 2 ** 32 - 0.5) * NOISE;
      for (let c = 0; c < 3; c++) {
        const at = (top * width + left) * 3 + c;
        const below = at + width * 3;
        const value = isInside
          ? (data[at]! * (1 - right) + data[at + 3]! * right) * (1 - bottom) +
            (data[below]! * (1 - right) + data[below + 3]! * right) * bottom
          : DARK;
        out[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, value * light + noise));
      }
    }
  }
  return { width, height, data: out };
}
