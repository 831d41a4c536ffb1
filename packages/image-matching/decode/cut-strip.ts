import { type RgbImage } from './rgb-image.ts';

/** A picture whose longer side is more than this many times the shorter one is looked at in tiles, too. */
export const LONGEST_ASPECT = 3.5;
/** Length of a tile, in short sides, and the step to the next: a picture as wide as the strip and no longer lies whole in one. */
const TILE_LENGTH = 2;
const TILE_STEP = 1;
const MAX_TILES = 23;
/** Short sides that all tiles together cover. */
export const TILED_LENGTH = TILE_LENGTH + (MAX_TILES - 1) * TILE_STEP;

export interface Tile extends RgbImage {
  /** Its part of the whole picture, in shares of its width and height. */
  readonly place: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/**
 * Cuts a strip into overlapping tiles along its longer side.
 *
 * @param shown share of the whole picture's longer side that the strip shows, from its beginning
 */
export function cutStrip(strip: RgbImage, shown: number): Tile[] {
  const isTall = strip.height > strip.width;
  const [short, long] = isTall ? [strip.width, strip.height] : [strip.height, strip.width];
  const length = Math.min(long, short * TILE_LENGTH);
  const count = Math.min(MAX_TILES, Math.max(1, Math.ceil((long - length) / (short * TILE_STEP)) + 1));
  return Array.from({ length: count }, (_, i) => {
    const from = count === 1 ? 0 : Math.round(((long - length) * i) / (count - 1));
    const shares = { from: (from / long) * shown, to: ((from + length) / long) * shown };
    return isTall
      ? {
          ...cut(strip, 0, from, short, length),
          place: { left: 0, top: shares.from, right: 1, bottom: shares.to },
        }
      : {
          ...cut(strip, from, 0, length, short),
          place: { left: shares.from, top: 0, right: shares.to, bottom: 1 },
        };
  });
}

function cut(
  { width: across, data }: RgbImage,
  left: number,
  top: number,
  width: number,
  height: number,
): RgbImage {
  const part = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * across + left) * 3;
    part.set(data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data: part };
}
