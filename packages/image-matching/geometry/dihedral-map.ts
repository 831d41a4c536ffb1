import { type DihedralTurn } from '../pdq/dihedral.ts';
import { type RectShares } from '../regions/shares.ts';
import { compose, type Affine } from './affine.ts';

/** Maps a point of a picture (in shares) to its place in the turned picture. */
const TURNS: Record<DihedralTurn, Affine> = {
  upright: { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 },
  'rotated-90': { a: 0, b: -1, c: 1, d: 1, e: 0, f: 0 },
  'rotated-180': { a: -1, b: 0, c: 1, d: 0, e: -1, f: 1 },
  'rotated-270': { a: 0, b: 1, c: 0, d: -1, e: 0, f: 1 },
  mirrored: { a: -1, b: 0, c: 1, d: 0, e: 1, f: 0 },
  flipped: { a: 1, b: 0, c: 0, d: 0, e: -1, f: 1 },
  transposed: { a: 0, b: 1, c: 0, d: 1, e: 0, f: 0 },
  'anti-transposed': { a: 0, b: -1, c: 1, d: -1, e: 0, f: 1 },
};

/** Maps shares of an asset to shares of a post in which the asset's part `from`, turned, fills the part `to`. */
export function mapOfRects(from: RectShares, turn: DihedralTurn, to: RectShares): Affine {
  const [fromWidth, fromHeight] = [from.right - from.left, from.bottom - from.top];
  const intoPart: Affine = {
    a: 1 / fromWidth,
    b: 0,
    c: -from.left / fromWidth,
    d: 0,
    e: 1 / fromHeight,
    f: -from.top / fromHeight,
  };
  const outOfPart: Affine = {
    a: to.right - to.left,
    b: 0,
    c: to.left,
    d: 0,
    e: to.bottom - to.top,
    f: to.top,
  };
  return compose(outOfPart, compose(TURNS[turn], intoPart));
}
