import { type Luma } from '../decode/luma.ts';
import { kernels, Room, viewShorts } from '../kernels/kernels.ts';

/** Corners as parallel arrays, in the order of rows. */
export interface Corners {
  readonly count: number;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Sum of the contrast of the circle's pixels beyond the threshold. */
  readonly score: Uint16Array;
}

/**
 * Finds FAST-9 corners (Rosten, Drummond: "Machine learning for high-speed corner detection", 2006) that are no weaker
 * than their eight neighbours, at least `border` pixels (three or more) from the edge. Ties go to the later pixel, so that a
 * plateau keeps one.
 */
export function fastCorners({ width, height, data }: Luma, threshold: number, border: number): Corners {
  const room = new Room();
  const image = room.put(data);
  const scores = room.take(2 * width * height);
  // No two neighbours are corners.
  const found = room.take(6 * Math.ceil(width / 2 + 1) * Math.ceil(height / 2 + 1));
  const count = kernels.fastCorners(image, width, height, threshold, border, scores, found);
  const [x, y, score] = [new Uint16Array(count), new Uint16Array(count), new Uint16Array(count)];
  const triples = viewShorts(found, 3 * count);
  for (let i = 0; i < count; i++) {
    x[i] = triples[3 * i]!;
    y[i] = triples[3 * i + 1]!;
    score[i] = triples[3 * i + 2]!;
  }
  return { count, x, y, score };
}
