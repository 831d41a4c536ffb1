import { solvePositiveDefinite } from './solve-linear.ts';

/** Row by row, the last number 1: x' = (h0·x + h1·y + h2) / (h6·x + h7·y + 1), y' likewise. */
export type Homography = Float64Array;

/** A point and where it moved to. */
export interface Move {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

const UNKNOWNS = 8;
const ROUNDS = 4;
const MIN_MOVES = 8;
/** Moves further off than this many median errors are left out of the next round. */
const OUTLIER = 2;
/** Holds the fit near an affine map where the points do not decide. */
const DAMPING = 1e-6;
const PERSPECTIVE_DAMPING = 1e-2;

function moved(h: Homography, x: number, y: number): [number, number] {
  const w = h[6]! * x + h[7]! * y + 1;
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w];
}

/** First `inner`, then `outer`. */
export function composeHomographies(outer: Homography, inner: Homography): Homography {
  const [a, b] = [
    [...outer, 1],
    [...inner, 1],
  ];
  const product = Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [Math.floor(i / 3) * 3, i % 3];
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!;
  });
  return Float64Array.from(product.slice(0, UNKNOWNS), (value) => value / product[8]!);
}

/**
 * Fits a homography to most moves by least squares, leaving out in each round those that disagree; null when too few agree.
 *
 * @param side a length of the picture in pixels, which keeps the numbers near 1
 * @param tolerance error in pixels that never leaves a move out
 */
export function fitHomography(moves: readonly Move[], side: number, tolerance: number): Homography | null {
  let kept = moves;
  let fit: Homography | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    if (kept.length < MIN_MOVES) return null;
    const next = leastSquares(kept, side);
    if (next === null) return fit;
    fit = next;
    const errors = moves.map(({ x, y, toX, toY }) => {
      const [u, v] = moved(next, x, y);
      return Math.hypot(u - toX, v - toY);
    });
    const median = errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)]!;
    const limit = Math.max(tolerance, median * OUTLIER);
    kept = moves.filter((_, i) => errors[i]! <= limit);
  }
  return fit;
}

function leastSquares(moves: readonly Move[], side: number): Homography | null {
  const matrix = new Float64Array(UNKNOWNS * UNKNOWNS);
  const right = new Float64Array(UNKNOWNS);
  const add = (row: readonly number[], target: number) => {
    for (let i = 0; i < UNKNOWNS; i++) {
      right[i]! += row[i]! * target;
      for (let j = 0; j <= i; j++) matrix[i * UNKNOWNS + j]! += row[i]! * row[j]!;
    }
  };
  const [cx, cy] = [centre(moves, 'x'), centre(moves, 'y')];
  for (const move of moves) {
    const [x, y] = [(move.x - cx) / side, (move.y - cy) / side];
    const [u, v] = [(move.toX - cx) / side, (move.toY - cy) / side];
    add([x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    add([0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  for (let i = 0; i < UNKNOWNS; i++) matrix[i * UNKNOWNS + i]! += i < 6 ? DAMPING : PERSPECTIVE_DAMPING;
  const solution = solvePositiveDefinite(matrix, right);
  if (solution === null) return null;
  const inwards = Float64Array.from([1 / side, 0, -cx / side, 0, 1 / side, -cy / side, 0, 0]);
  const outwards = Float64Array.from([side, 0, cx, 0, side, cy, 0, 0]);
  return composeHomographies(outwards, composeHomographies(solution, inwards));
}

function centre(moves: readonly Move[], axis: 'x' | 'y'): number {
  return moves.reduce((sum, move) => sum + move[axis], 0) / moves.length;
}
