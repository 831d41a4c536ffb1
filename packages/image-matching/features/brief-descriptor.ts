import { type Luma } from '../decode/luma.ts';
import { LEARNED_PATTERN } from './brief-pattern.ts';

/** Bits of a descriptor, and the 32-bit words that hold them. */
export const DESCRIPTOR_BITS = 256;
export const DESCRIPTOR_WORDS = DESCRIPTOR_BITS / 32;

/** Largest distance of a compared point from the corner. */
export const PATTERN_RADIUS = 13;

/** Number of directions that the pattern is turned to in advance. */
const TURNS = 128;

/** Pairs of points as [x1, y1, x2, y2 …], in pixels from the corner. */
const PATTERN = Int8Array.from(LEARNED_PATTERN, (digit) => Number.parseInt(digit, 36) - PATTERN_RADIUS);

/** The pattern, turned to each direction. */
const TURNED = turnPattern();

/**
 * Steered BRIEF (Calonder et al., 2010; Rublee et al.: "ORB", 2011): each bit compares the brightness at two points
 * around a corner, turned by its orientation. Written to `out` from `at`.
 *
 * @param blurred the picture after a 5 × 5 box blur
 */
export function describeCorner(
  { width, data }: Luma,
  x: number,
  y: number,
  angle: number,
  out: Uint32Array,
  at: number,
): void {
  const turn = Math.round((angle / (2 * Math.PI)) * TURNS + TURNS) % TURNS;
  const centre = y * width + x;
  let point = turn * DESCRIPTOR_BITS * 4;
  for (let word = 0; word < DESCRIPTOR_WORDS; word++) {
    let bits = 0;
    for (let bit = 0; bit < 32; bit++, point += 4) {
      const first = data[centre + TURNED[point + 1]! * width + TURNED[point]!]!;
      const second = data[centre + TURNED[point + 3]! * width + TURNED[point + 2]!]!;
      bits = (bits << 1) | (first < second ? 1 : 0);
    }
    out[at + word] = bits;
  }
}

function turnPattern(): Int8Array {
  const turned = new Int8Array(TURNS * PATTERN.length);
  for (let turn = 0; turn < TURNS; turn++) {
    const cos = Math.cos((turn / TURNS) * 2 * Math.PI);
    const sin = Math.sin((turn / TURNS) * 2 * Math.PI);
    for (let i = 0; i < PATTERN.length; i += 2) {
      const [x, y] = [PATTERN[i]!, PATTERN[i + 1]!];
      turned[turn * PATTERN.length + i] = Math.round(cos * x - sin * y);
      turned[turn * PATTERN.length + i + 1] = Math.round(sin * x + cos * y);
    }
  }
  return turned;
}
