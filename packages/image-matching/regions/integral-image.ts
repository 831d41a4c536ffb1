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
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  constructor({ width, height, data }: Luma) {
    this.width = width;
    this.height = height;
    this.#stride = width + 1;
    this.#sums = new Float64Array((width + 1) * (height + 1));
    this.#squares = new Float64Array((width + 1) * (height + 1));
    for (let y = 0, from = 0; y < height; y++) {
      let sum = 0;
      let squares = 0;
      let at = (y + 1) * this.#stride + 1;
      for (let x = 0; x < width; x++, from++, at++) {
        const value = data[from]!;
        sum += value;
        squares += value * value;
        this.#sums[at] = this.#sums[at - this.#stride]! + sum;
        this.#squares[at] = this.#squares[at - this.#stride]! + squares;
      }
    }
  }

  get whole(): Rect {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** Mean brightness of a rectangle that holds at least one pixel. */
  mean(rect: Rect): number {
    return this.#over(this.#sums, rect) / areaOf(rect);
  }

  /** Standard deviation of the brightness within a rectangle. */
  deviation(rect: Rect): number {
    const mean = this.mean(rect);
    return Math.sqrt(Math.max(0, this.#over(this.#squares, rect) / areaOf(rect) - mean * mean));
  }

  /** Shrinks the rectangle to `columns × rows` means, row by row. */
  meansOver(rect: Rect, columns: number, rows: number): Float32Array {
    const means = new Float32Array(columns * rows);
    const xs = edges(rect.left, rect.right, columns);
    const ys = edges(rect.top, rect.bottom, rows);
    for (let row = 0, out = 0; row < rows; row++) {
      const [top, bottom] = [ys[row]!, Math.max(ys[row + 1]!, ys[row]! + 1)];
      for (let column = 0; column < columns; column++, out++) {
        const [left, right] = [xs[column]!, Math.max(xs[column + 1]!, xs[column]! + 1)];
        means[out] = this.#sum(this.#sums, left, top, right, bottom) / ((right - left) * (bottom - top));
      }
    }
    return means;
  }

  #over(table: Float64Array, { left, top, right, bottom }: Rect): number {
    return this.#sum(table, left, top, right, bottom);
  }

  #sum(table: Float64Array, left: number, top: number, right: number, bottom: number): number {
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
