import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewBytes } from '../kernels/kernels.ts';
import { LEARNED_PATTERN } from './brief-pattern.ts';

/** Bits of a descriptor, and the 32-bit words that hold them. */
export const DESCRIPTOR_BITS = 256;
export const DESCRIPTOR_WORDS = DESCRIPTOR_BITS / 32;

/** Largest distance of a compared point from the corner. */
export const PATTERN_RADIUS = 13;

/** Number of directions that the pattern is turned to in advance. */
export const TURNS = 128;

/** Pairs of points as [x1, y1, x2, y2 …], in pixels from the corner. */
const PATTERN = Int8Array.from(LEARNED_PATTERN, (digit) => Number.parseInt(digit, 36) - PATTERN_RADIUS);

/** The pattern, turned to each direction. */
export const TURNED_PATTERN = turnPattern();

/**
 * Steered BRIEF (Calonder et al., 2010; Rublee et al.: "ORB", 2011): each bit compares the brightness at two points
 * around a corner, turned by its orientation. Gives eight words a corner.
 *
 * @param blurred the picture after a 5 × 5 box blur
 * @param corners x and y of each
 */
export function describeCorners(
  { width, data }: Luma,
  corners: Uint16Array,
  angles: Float64Array,
): Uint32Array {
  const turns = Uint8Array.from(
    angles,
    (angle) => Math.round((angle / (2 * Math.PI)) * TURNS + TURNS) % TURNS,
  );
  const room = new Room();
  const [image, places, turnsAt] = [room.put(data), room.put(corners), room.put(turns)];
  const pattern = room.put(TURNED_PATTERN);
  const bytes = 4 * DESCRIPTOR_WORDS * turns.length;
  const descriptors = room.take(bytes);
  kernels.describeCorners(image, width, places, turns.length, turnsAt, pattern, descriptors);
  return new Uint32Array(viewBytes(descriptors, bytes).slice().buffer);
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
