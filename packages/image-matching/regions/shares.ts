import { type Rect } from './integral-image.ts';

/** A rectangle as shares of a picture's width and height, each 0 to 1. */
export type RectShares = Rect;

export const WHOLE_PICTURE: RectShares = { left: 0, top: 0, right: 1, bottom: 1 };

export function sharesOf(rect: Rect, width: number, height: number): RectShares {
  return {
    left: rect.left / width,
    top: rect.top / height,
    right: rect.right / width,
    bottom: rect.bottom / height,
  };
}

/** Whole pixels, at least one. */
export function pixelsOf(shares: RectShares, width: number, height: number): Rect {
  const left = Math.min(Math.round(shares.left * width), width - 1);
  const top = Math.min(Math.round(shares.top * height), height - 1);
  return {
    left,
    top,
    right: Math.max(left + 1, Math.round(shares.right * width)),
    bottom: Math.max(top + 1, Math.round(shares.bottom * height)),
  };
}
