import { type Luma } from '../decode/luma.ts';

/** A rectangle in pixels; right and bottom are outside of it. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Sums over any rectangle of a picture in constant time (Crow: "Summed-area tables for texture mapping", 1984). */
export class IntegralImage {
  readonly width: number;
  readonly height: number;
  readonly #stride: number;
  readonly #sums: Int32Array;
  /** Modulo 2³²: enough for sums over a line, whatever stands before it. */
  readonly #squares: Int32Array;

  constructor({ width, height, data }: Luma) {
    this.width = width;
    this.height = height;
    this.#stride = width + 1;
    const stride = this.#stride;
    const sums = new Int32Array(stride * (height + 1));
    const squares = new Int32Array(stride * (height + 1));
    for (let y = 0, from = 0; y < height; y++) {
      let sum = 0;
      let square = 0;
      let at = (y + 1) * stride + 1;
      for (let x = 0; x < width; x++, from++, at++) {
        const value = data[from]!;
        sum = (sum + value) | 0;
        square = (square + value * value) | 0;
        sums[at] = sums[at - stride]! + sum;
        squares[at] = squares[at - stride]! + square;
      }
    }
    this.#sums = sums;
    this.#squares = squares;
  }

  get whole(): Rect {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** Standard deviation of the brightness along a line of one row or column. */
  deviation(line: Rect): number {
    const mean = this.#over(this.#sums, line) / areaOf(line);
    return Math.sqrt(Math.max(0, (this.#over(this.#squares, line) >>> 0) / areaOf(line) - mean * mean));
  }

  /** Shrinks the rectangle to `columns × rows` means, row by row. */
  meansOver(rect: Rect, columns: number, rows: number): Float32Array {
    const means = new Float32Array(columns * rows);
    const xs = edges(rect.left, rect.right, columns);
    const ys = edges(rect.top, rect.bottom, rows);
    const sums = this.#sums;
    for (let row = 0, out = 0; row < rows; row++) {
      const top = ys[row]!;
      const bottom = Math.max(ys[row + 1]!, top + 1);
      const upper = top * this.#stride;
      const lower = bottom * this.#stride;
      for (let column = 0; column < columns; column++, out++) {
        const left = xs[column]!;
        const right = Math.max(xs[column + 1]!, left + 1);
        const sum = sums[lower + right]! - sums[lower + left]! - sums[upper + right]! + sums[upper + left]!;
        means[out] = sum / ((right - left) * (bottom - top));
      }
    }
    return means;
  }

  #over(table: Int32Array, { left, top, right, bottom }: Rect): number {
    const upper = top * this.#stride;
    const lower = bottom * this.#stride;
    return table[lower + right]! - table[lower + left]! - table[upper + right]! + table[upper + left]!;
  }
}

/** Borders of `parts` equal parts of a stretch, in whole pixels; the last part starts before `to`. */
function edges(from: number, to: number, parts: number): Int32Array {
  return Int32Array.from({ length: parts + 1 }, (_, i) => {
    const edge = Math.round(from + ((to - from) * i) / parts);
    return i < parts ? Math.min(edge, to - 1) : edge;
  });
}

function areaOf({ left, top, right, bottom }: Rect): number {
  return (right - left) * (bottom - top);
}
