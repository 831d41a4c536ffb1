/** Numbers of 32 bits, as many as come. Kept in pieces, so that growing copies little and never needs room for two whole lists. */
export class NumberList {
  #full: Int32Array[] = [];
  #last = new Int32Array(FIRST);
  /** The numbers in the last piece. */
  #count = 0;

  get length(): number {
    return this.#full.length * PIECE + this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#last.length) this.#grow();
    this.#last[this.#count++] = value;
  }

  at(index: number): number {
    const piece = index >>> PIECE_BITS;
    const numbers = piece < this.#full.length ? this.#full[piece]! : this.#last;
    return numbers[index & (PIECE - 1)]!;
  }

  /** All numbers in one array. */
  whole(): Int32Array {
    const all = new Int32Array(this.length);
    this.#full.forEach((piece, index) => all.set(piece, index * PIECE));
    all.set(this.#last.subarray(0, this.#count), this.#full.length * PIECE);
    return all;
  }

  /** Forgets all numbers. */
  clear(): void {
    this.#full = [];
    this.#last = new Int32Array(FIRST);
    this.#count = 0;
  }

  #grow(): void {
    if (this.#last.length < PIECE) {
      const larger = new Int32Array(2 * this.#last.length);
      larger.set(this.#last);
      this.#last = larger;
      return;
    }
    this.#full.push(this.#last);
    this.#last = new Int32Array(PIECE);
    this.#count = 0;
  }
}

const FIRST = 64;
const PIECE_BITS = 16;
const PIECE = 1 << PIECE_BITS;
