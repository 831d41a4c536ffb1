/** A grey picture, one byte a pixel, row by row. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Weights of ITU-R BT.601, as PDQ takes them. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/** Luma of packed 8-bit RGB in full precision, 0 to 255: what the PDQ reference starts from. */
export function exactLuma(rgb: Uint8Array, pixels: number): Float32Array {
  const out = new Float32Array(pixels);
  const red = Math.fround(RED);
  const green = Math.fround(GREEN);
  const blue = Math.fround(BLUE);
  for (let i = 0, at = 0; i < pixels; i++, at += 3) {
    const sum = Math.fround(Math.fround(red * rgb[at]!) + Math.fround(green * rgb[at + 1]!));
    out[i] = Math.fround(sum + Math.fround(blue * rgb[at + 2]!));
  }
  return out;
}

/** Luma of packed 8-bit RGB, rounded to a byte. */
export function byteLuma(rgb: Uint8Array, width: number, height: number): Luma {
  const data = new Uint8Array(width * height);
  // 16-bit fixed point; the weights add up to 65536.
  for (let i = 0, at = 0; i < data.length; i++, at += 3) {
    data[i] = (19595 * rgb[at]! + 38470 * rgb[at + 1]! + 7471 * rgb[at + 2]! + 32768) >>> 16;
  }
  return { width, height, data };
}
