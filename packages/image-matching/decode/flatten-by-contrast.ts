import { type RgbImage } from './rgb-image.ts';

/** Black must give this many times the contrast of white to be the ground. */
const MUCH_MORE = 1.5;
/** Pixels with less opacity (of 255) show the ground. */
const OPAQUE = 128;
/** Least share of such pixels that makes a picture a cut-out. */
const CUT_OUT_SHARE = 0.05;

export interface FlattenedImage extends RgbImage {
  /** Whether the file leaves a part of the ground open, so that it shows light or dark ink on any ground. */
  readonly isCutOut: boolean;
}

/**
 * Lays a picture with transparency on white, or on black when only that shows what is on it: a white logo on white is nothing.
 *
 * @param rgba four bytes a pixel, not premultiplied
 */
export function flattenByContrast(rgba: Uint8Array, width: number, height: number): FlattenedImage {
  const pixels = width * height;
  let open = 0;
  for (let at = 3; at < pixels * 4; at += 4) if (rgba[at]! < OPAQUE) open++;
  const onWhite = layOn(rgba, pixels, 255);
  const isCutOut = open >= pixels * CUT_OUT_SHARE;
  if (!isCutOut) return { width, height, data: onWhite, isCutOut };
  const onBlack = layOn(rgba, pixels, 0);
  const isLight = contrastOf(onBlack) > MUCH_MORE * contrastOf(onWhite);
  return { width, height, data: isLight ? onBlack : onWhite, isCutOut };
}

function layOn(rgba: Uint8Array, pixels: number, ground: number): Uint8Array {
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const alpha = rgba[i * 4 + 3]! / 255;
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = Math.round(rgba[i * 4 + c]! * alpha + ground * (1 - alpha));
  }
  return rgb;
}

/** Gives the standard deviation of brightness. */
function contrastOf(rgb: Uint8Array): number {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < rgb.length; at += 3) {
    const value = (rgb[at]! + 2 * rgb[at + 1]! + rgb[at + 2]!) / 4;
    sum += value;
    squares += value * value;
  }
  const pixels = rgb.length / 3;
  return Math.sqrt(Math.max(0, squares / pixels - (sum / pixels) ** 2));
}
