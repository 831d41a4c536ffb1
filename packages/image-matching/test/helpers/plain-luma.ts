/** The plain form of what the kernels compute, which they are held to. */
import { type Luma } from '../../decode/luma.ts';

/** Weights of ITU-R BT.601, as PDQ takes them. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;
/** Share of each channel value in the luma, in single precision as in the reference. */
const RED_SHARES = sharesOf(RED);
const GREEN_SHARES = sharesOf(GREEN);
const BLUE_SHARES = sharesOf(BLUE);

function sharesOf(weight: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => Math.fround(weight) * value);
}

/**
 * Luma of packed 8-bit RGB in full precision, 0 to 255, as the PDQ reference computes it.
 *
 * @param out memory to write to; the result is a view of its first `pixels` numbers
 */
export function exactLuma(
  rgb: Uint8Array,
  pixels: number,
  out: Float32Array = new Float32Array(pixels),
): Float32Array {
  for (let i = 0, at = 0; i < pixels; i++, at += 3) {
    const redAndGreen = Math.fround(RED_SHARES[rgb[at]!]! + GREEN_SHARES[rgb[at + 1]!]!);
    out[i] = Math.fround(redAndGreen + BLUE_SHARES[rgb[at + 2]!]!);
  }
  return out.subarray(0, pixels);
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
