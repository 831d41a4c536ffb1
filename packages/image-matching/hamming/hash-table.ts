import { distanceWithin, HASH_WORDS, type Hash256 } from '../pdq/hash256.ts';

/** Hashes side by side in one typed array, each in a numbered slot. Slots of removed hashes are reused. */
export class HashTable {
  #words = new Uint32Array(64 * HASH_WORDS);
  #used = new Uint8Array(64);
  #free: number[] = [];
  #end = 0;

  /** One past the highest slot in use so far. */
  get end(): number {
    return this.#end;
  }

  get size(): number {
    return this.#end - this.#free.length;
  }

  get bytes(): number {
    return this.#words.byteLength + this.#used.byteLength;
  }

  /** The words of all slots; a later `add` may replace the array. */
  get words(): Uint32Array {
    return this.#words;
  }

  add(hash: Hash256): number {
    const slot = this.#free.pop() ?? this.#end++;
    if (slot >= this.#used.length) this.#grow();
    this.#words.set(hash, slot * HASH_WORDS);
    this.#used[slot] = 1;
    return slot;
  }

  /** Leaves the words in place. @throws RangeError when the slot holds no hash */
  remove(slot: number): void {
    if (!this.has(slot)) throw new RangeError(`slot ${slot} is empty`);
    this.#used[slot] = 0;
    this.#free.push(slot);
  }

  has(slot: number): boolean {
    return this.#used[slot] === 1;
  }

  /** Bits in which a slot's hash differs; some number above `atMost` when they are more. */
  distance(slot: number, hash: Hash256, atMost: number): number {
    return distanceWithin(this.#words, slot * HASH_WORDS, hash, 0, atMost);
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    const used = new Uint8Array(this.#used.length * 2);
    used.set(this.#used);
    this.#used = used;
  }
}
