import { kernels, Room, viewBytes, viewFloats } from '../kernels/kernels.ts';

/** A grey picture, one byte a pixel, row by row. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Luma of packed 8-bit RGB in full precision, 0 to 255, as the PDQ reference computes it, with the weights of ITU-R BT.601.
 *
 * @param out memory to write to; the result is a view of its first `pixels` numbers
 */
export function exactLuma(
  rgb: Uint8Array,
  pixels: number,
  out: Float32Array = new Float32Array(pixels),
): Float32Array {
  const room = new Room();
  const picture = room.put(rgb);
  const luma = room.take(4 * pixels);
  kernels.exactLuma(picture, pixels, luma);
  out.set(viewFloats(luma, pixels));
  return out.subarray(0, pixels);
}

/** Luma of packed 8-bit RGB, rounded to a byte. */
export function byteLuma(rgb: Uint8Array, width: number, height: number): Luma {
  const room = new Room();
  const picture = room.put(rgb);
  const luma = room.take(width * height);
  kernels.byteLuma(picture, width * height, luma);
  return { width, height, data: viewBytes(luma, width * height).slice() };
}
