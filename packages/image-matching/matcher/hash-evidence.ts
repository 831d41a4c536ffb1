import { type DihedralTurn } from '../pdq/dihedral.ts';
import { DEFAULT_THRESHOLDS } from './image-match.ts';

/** 1 for equal hashes, 0.8 at the usual threshold, less beyond it. */
export function hashConfidence(distance: number): number {
  return 1 - (0.2 * distance) / DEFAULT_THRESHOLDS.maxHashBits;
}

export function describeTurn(turn: DihedralTurn): string[] {
  return turn === 'upright' ? [] : [turn];
}

/** `likeness-0.97`. */
export function describeLikeness(overall: number): string {
  return `likeness-${overall.toFixed(2)}`;
}
