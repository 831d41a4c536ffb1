import { FREQUENCIES } from './dct.ts';

/** Quarter turns and mirrors of a picture; their order is part of the packed format. */
export const DIHEDRAL_TURNS = [
  'upright',
  'rotated-90',
  'rotated-180',
  'rotated-270',
  'mirrored',
  'flipped',
  'transposed',
  'anti-transposed',
] as const;
/**
 * `rotated-…` is clockwise (the reference's rot90 is counter-clockwise). `mirrored` swaps left and right, `flipped` swaps top
 * and bottom, `transposed` mirrors at the main diagonal.
 */
export type DihedralTurn = (typeof DIHEDRAL_TURNS)[number];

interface Recipe {
  readonly transpose: boolean;
  /** Tells whether frequency (row i, column j) of the result changes its sign; index 0 is the first harmonic. */
  readonly negate: (i: number, j: number) => boolean;
}

// A mirror along an axis negates the odd harmonics of that axis: those with an even index, as the constant is left out.
const RECIPES: Record<DihedralTurn, Recipe> = {
  upright: { transpose: false, negate: () => false },
  'rotated-90': { transpose: true, negate: (_i, j) => j % 2 === 0 },
  'rotated-180': { transpose: false, negate: (i, j) => (i + j) % 2 === 1 },
  'rotated-270': { transpose: true, negate: (i) => i % 2 === 0 },
  mirrored: { transpose: false, negate: (_i, j) => j % 2 === 0 },
  flipped: { transpose: false, negate: (i) => i % 2 === 0 },
  transposed: { transpose: true, negate: () => false },
  'anti-transposed': { transpose: true, negate: (i, j) => (i + j) % 2 === 1 },
};

/** Computes the frequencies of the turned picture from those of the picture. */
export function turnFrequencies(frequencies: Float32Array, turn: DihedralTurn): Float32Array {
  const { transpose, negate } = RECIPES[turn];
  const out = new Float32Array(frequencies.length);
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < FREQUENCIES; j++) {
      const value = frequencies[transpose ? j * FREQUENCIES + i : i * FREQUENCIES + j]!;
      out[i * FREQUENCIES + j] = negate(i, j) ? -value : value;
    }
  }
  return out;
}
