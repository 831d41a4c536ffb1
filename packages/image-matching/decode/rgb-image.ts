/** Packed 8-bit RGB, row by row, upright and without transparency. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
