/** The keys of a trie, one after the other in one array: an array for each would take ten times the room. */
export class KeyList {
  readonly #symbols: Int32Array;
  readonly #starts: Int32Array;

  /** @param lengthOf - of each key; `read` writes its symbols */
  constructor(
    count: number,
    lengthOf: (key: number) => number,
    read: (key: number, into: Int32Array) => void,
  ) {
    this.#starts = new Int32Array(count + 1);
    for (let key = 0; key < count; key++) this.#starts[key + 1] = this.#starts[key]! + lengthOf(key);
    this.#symbols = new Int32Array(this.#starts[count]!);
    for (let key = 0; key < count; key++) read(key, this.at(key));
  }

  static of(keys: readonly Int32Array[]): KeyList {
    return new KeyList(
      keys.length,
      (key) => keys[key]!.length,
      (key, into) => into.set(keys[key]!),
    );
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** The same keys in another order. */
  inOrder(order: Int32Array): KeyList {
    return new KeyList(
      order.length,
      (at) => this.lengthOf(order[at]!),
      (at, into) => into.set(this.at(order[at]!)),
    );
  }

  at(key: number): Int32Array {
    return this.#symbols.subarray(this.#starts[key], this.#starts[key + 1]);
  }

  lengthOf(key: number): number {
    return this.#starts[key + 1]! - this.#starts[key]!;
  }

  /** The symbol at a place within a key. */
  symbolAt(key: number, place: number): number {
    return this.#symbols[this.#starts[key]! + place]!;
  }

  /** The number of symbols with which two keys begin alike. */
  sharedLength(a: number, b: number): number {
    const most = Math.min(this.lengthOf(a), this.lengthOf(b));
    let shared = 0;
    while (shared < most && this.symbolAt(a, shared) === this.symbolAt(b, shared)) shared++;
    return shared;
  }

  /** Below 0 if the first key comes before the second, 0 if they are equal. */
  compare(a: number, b: number): number {
    const shared = this.sharedLength(a, b);
    const isEnd = shared === this.lengthOf(a) || shared === this.lengthOf(b);
    return isEnd ? this.lengthOf(a) - this.lengthOf(b) : this.symbolAt(a, shared) - this.symbolAt(b, shared);
  }
}
