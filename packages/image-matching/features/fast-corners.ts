import { type Luma } from '../decode/luma.ts';

/** Corners as parallel arrays, in the order of rows. */
export interface Corners {
  readonly count: number;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Sum of the contrast of the circle's pixels beyond the threshold. */
  readonly score: Uint16Array;
}

/** Bresenham circle of radius 3, clockwise from the top. */
const CIRCLE = [
  [0, -3], [1, -3], [2, -2], [3, -1], [3, 0], [3, 1], [2, 2], [1, 3],
  [0, 3], [-1, 3], [-2, 2], [-3, 1], [-3, 0], [-3, -1], [-2, -2], [-1, -3],
] as const; // prettier-ignore
const ARC = 9;

/** For each 16-bit mask of the circle: whether nine neighbouring bits are set. */
const HAS_ARC = Uint8Array.from({ length: 1 << 16 }, (_, mask) => {
  let run = 0;
  for (let i = 0; i < 16 + ARC; i++) {
    run = (mask >>> (i % 16)) & 1 ? run + 1 : 0;
    if (run === ARC) return 1;
  }
  return 0;
});

/**
 * FAST-9 corners (Rosten, Drummond: "Machine learning for high-speed corner detection", 2006) that are no weaker than
 * their eight neighbours, at least `border` pixels from the edge.
 */
export function fastCorners(image: Luma, threshold: number, border: number): Corners {
  const { width, height } = image;
  const scores = cornerScores(image, threshold, border);
  const found: number[] = [];
  for (let y = border; y < height - border; y++) {
    for (let at = y * width + border, end = (y + 1) * width - border; at < end; at++) {
      const score = scores[at]!;
      if (score === 0) continue;
      // Ties go to the later pixel, so that a plateau keeps one.
      if (
        score >= scores[at - 1]! &&
        score > scores[at + 1]! &&
        score >= scores[at - width]! &&
        score >= scores[at - width - 1]! &&
        score >= scores[at - width + 1]! &&
        score > scores[at + width]! &&
        score > scores[at + width - 1]! &&
        score > scores[at + width + 1]!
      ) {
        found.push(at);
      }
    }
  }
  return {
    count: found.length,
    x: Uint16Array.from(found, (at) => at % width),
    y: Uint16Array.from(found, (at) => Math.floor(at / width)),
    score: Uint16Array.from(found, (at) => scores[at]!),
  };
}

function cornerScores({ width, height, data }: Luma, threshold: number, border: number): Uint16Array {
  const scores = new Uint16Array(width * height);
  const circle = Int32Array.from(CIRCLE, ([dx, dy]) => dy * width + dx);
  const north = -3 * width;
  const south = 3 * width;
  for (let y = border; y < height - border; y++) {
    for (let at = y * width + border, end = (y + 1) * width - border; at < end; at++) {
      const centre = data[at]!;
      const high = centre + threshold;
      const low = centre - threshold;
      // Nine of sixteen neighbours cover two of these four.
      const n = data[at + north]!;
      const s = data[at + south]!;
      const e = data[at + 3]!;
      const w = data[at - 3]!;
      const bright = (n > high ? 1 : 0) + (s > high ? 1 : 0) + (e > high ? 1 : 0) + (w > high ? 1 : 0);
      const dark = (n < low ? 1 : 0) + (s < low ? 1 : 0) + (e < low ? 1 : 0) + (w < low ? 1 : 0);
      if (bright < 2 && dark < 2) continue;
      let brightMask = 0;
      let darkMask = 0;
      let brightSum = 0;
      let darkSum = 0;
      for (let i = 0; i < 16; i++) {
        const value = data[at + circle[i]!]!;
        if (value > high) {
          brightMask |= 1 << i;
          brightSum += value - high;
        } else if (value < low) {
          darkMask |= 1 << i;
          darkSum += low - value;
        }
      }
      if (HAS_ARC[brightMask] === 1) scores[at] = brightSum;
      else if (HAS_ARC[darkMask] === 1) scores[at] = darkSum;
    }
  }
  return scores;
}
