/** Rows of numbers, each kept once: names of a list share words and shapes. */
import { NumberList } from './number-list.ts';
import { addSymbol, spread } from './bit-set.ts';

const FEWEST_SLOTS = 64;

export class NumberRows {
  readonly #numbers = new NumberList();
  /** Where each row begins. */
  readonly #starts = new NumberList();
  /** An open-addressing table of rows by their hashes: the row's index and one more; 0 is free. */
  #slots = new Int32Array(FEWEST_SLOTS);

  get count(): number {
    return this.#starts.length;
  }

  /** Gives the index of a row; rows are numbered as they first come. */
  add(row: ArrayLike<number>): number {
    if (2 * this.count >= this.#slots.length) this.#widen();
    const slot = this.#slotOf(row);
    if (this.#slots[slot] !== 0) return this.#slots[slot]! - 1;
    this.#starts.push(this.#numbers.length);
    for (let at = 0; at < row.length; at++) this.#numbers.push(row[at]!);
    this.#slots[slot] = this.count;
    return this.count - 1;
  }

  /** All rows, one after the other. */
  numbers(): Int32Array {
    return this.#numbers.whole();
  }

  /** Where each row begins, and where the last one ends. */
  starts(): Int32Array {
    const starts = new Int32Array(this.count + 1);
    starts.set(this.#starts.whole());
    starts[this.count] = this.#numbers.length;
    return starts;
  }

  #slotOf(row: ArrayLike<number>): number {
    let hash = 0;
    for (let at = 0; at < row.length; at++) hash = addSymbol(hash, row[at]!);
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    while (this.#slots[slot] !== 0 && !this.#isRow(this.#slots[slot]! - 1, row)) slot = (slot + 1) & mask;
    return slot;
  }

  #isRow(index: number, row: ArrayLike<number>): boolean {
    const start = this.#starts.at(index);
    const end = index + 1 < this.count ? this.#starts.at(index + 1) : this.#numbers.length;
    if (end - start !== row.length) return false;
    for (let at = 0; at < row.length; at++) if (this.#numbers.at(start + at) !== row[at]) return false;
    return true;
  }

  #widen(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length);
    for (const kept of before) {
      if (kept === 0) continue;
      const start = this.#starts.at(kept - 1);
      const end = kept < this.count ? this.#starts.at(kept) : this.#numbers.length;
      const row = Array.from({ length: end - start }, (_, at) => this.#numbers.at(start + at));
      this.#slots[this.#slotOf(row)] = kept;
    }
  }
}
