/** The plain form of what the kernels compute, which they are held to. */
import { type Luma } from '../../decode/luma.ts';

/** Corners as parallel arrays, in the order of rows. */
interface Corners {
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

/** Tells for each 16-bit mask of the circle whether nine neighbouring bits are set. */
const HAS_ARC = Uint8Array.from({ length: 1 << 16 }, (_, mask) => {
  let run = 0;
  for (let i = 0; i < 16 + ARC; i++) {
    run = (mask >>> (i % 16)) & 1 ? run + 1 : 0;
    if (run === ARC) return 1;
  }
  return 0;
});

/**
 * Finds FAST-9 corners (Rosten, Drummond: "Machine learning for high-speed corner detection", 2006) that are no weaker
 * than their eight neighbours, at least `border` pixels from the edge.
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
  const corners = {
    count: found.length,
    x: new Uint16Array(found.length),
    y: new Uint16Array(found.length),
    score: new Uint16Array(found.length),
  };
  for (let i = 0; i < found.length; i++) {
    const at = found[i]!;
    corners.x[i] = at % width;
    corners.y[i] = Math.floor(at / width);
    corners.score[i] = scores[at]!;
  }
  return corners;
}

function cornerScores({ width, height, data }: Luma, threshold: number, border: number): Uint16Array {
  const scores = new Uint16Array(width * height);
  const circle = Int32Array.from(CIRCLE, ([dx, dy]) => dy * width + dx);
  const [c0, c2, c4, c6] = [circle[0]!, circle[2]!, circle[4]!, circle[6]!];
  const [c8, c10, c12, c14] = [circle[8]!, circle[10]!, circle[12]!, circle[14]!];
  const classes = classesOf(threshold);
  for (let y = border; y < height - border; y++) {
    for (let at = y * width + border, end = (y + 1) * width - border; at < end; at++) {
      const zero = 255 - data[at]!;
      // An arc of nine covers one of every two opposite pixels, so most pixels fail at the first pair.
      let both = classes[zero + data[at + c0]!]! | classes[zero + data[at + c8]!]!;
      if (both === 0) continue;
      both &= classes[zero + data[at + c4]!]! | classes[zero + data[at + c12]!]!;
      if (both === 0) continue;
      both &= classes[zero + data[at + c2]!]! | classes[zero + data[at + c10]!]!;
      if (both === 0) continue;
      both &= classes[zero + data[at + c6]!]! | classes[zero + data[at + c14]!]!;
      if (both !== 0) scores[at] = cornerScore(data, at, circle, threshold);
    }
  }
  return scores;
}

const DARKER = 1;
const BRIGHTER = 2;

/** Class of a pixel (darker, brighter, neither) by 255 plus its difference to the middle. */
function classesOf(threshold: number): Uint8Array {
  return Uint8Array.from({ length: 511 }, (_, i) => {
    if (i - 255 > threshold) return BRIGHTER;
    return i - 255 < -threshold ? DARKER : 0;
  });
}

/** Corner score; 0 without an arc of nine brighter or nine darker pixels. */
function cornerScore(data: Uint8Array, at: number, circle: Int32Array, threshold: number): number {
  const high = data[at]! + threshold;
  const low = data[at]! - threshold;
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
  if (HAS_ARC[brightMask] === 1) return brightSum;
  return HAS_ARC[darkMask] === 1 ? darkSum : 0;
}
