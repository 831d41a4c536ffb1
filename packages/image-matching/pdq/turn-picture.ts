import { type DihedralTurn } from './dihedral.ts';

/** A picture of one number a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Gives the source pixel of (x, y) in the turned picture. */
const SOURCES: Record<DihedralTurn, (x: number, y: number, w: number, h: number) => [number, number]> = {
  upright: (x, y) => [x, y],
  'rotated-90': (x, y, _w, h) => [y, h - 1 - x],
  'rotated-180': (x, y, w, h) => [w - 1 - x, h - 1 - y],
  'rotated-270': (x, y, w) => [w - 1 - y, x],
  mirrored: (x, y, w) => [w - 1 - x, y],
  flipped: (x, y, _w, h) => [x, h - 1 - y],
  transposed: (x, y) => [y, x],
  'anti-transposed': (x, y, w, h) => [w - 1 - y, h - 1 - x],
};

const SWAPS_SIDES: ReadonlySet<DihedralTurn> = new Set([
  'rotated-90',
  'rotated-270',
  'transposed',
  'anti-transposed',
]);

/** Makes a turned copy, pixel by pixel. */
export function turnPicture({ width, height, data }: Plane, turn: DihedralTurn): Plane {
  const [newWidth, newHeight] = SWAPS_SIDES.has(turn) ? [height, width] : [width, height];
  const source = SOURCES[turn];
  const turned = new Float32Array(data.length);
  for (let y = 0, out = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++, out++) {
      const [fromX, fromY] = source(x, y, width, height);
      turned[out] = data[fromY * width + fromX]!;
    }
  }
  return { width: newWidth, height: newHeight, data: turned };
}
