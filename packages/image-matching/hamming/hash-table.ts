import { HASH_WORDS, popCount, type Hash256 } from '../pdq/hash256.ts';

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

  add(hash: Hash256): number {
    const slot = this.#free.pop() ?? this.#end++;
    if (slot >= this.#used.length) this.#grow();
    this.#words.set(hash, slot * HASH_WORDS);
    this.#used[slot] = 1;
    return slot;
  }

  /** @throws RangeError when the slot holds no hash */
  remove(slot: number): void {
    if (!this.has(slot)) throw new RangeError(`slot ${slot} is empty`);
    this.#used[slot] = 0;
    this.#free.push(slot);
  }

  has(slot: number): boolean {
    return this.#used[slot] === 1;
  }

  /** Part 0 to 15 of a slot's hash, 16 bits each, from the front of its hexadecimal form. */
  part(slot: number, part: number): number {
    return partOf(this.#words, slot * HASH_WORDS, part);
  }

  /** Bits in which a slot's hash differs; stops with a number above `atMost` once it exceeds that. */
  distance(slot: number, hash: Hash256, atMost: number): number {
    const at = slot * HASH_WORDS;
    let bits = 0;
    for (let i = 0; i < HASH_WORDS && bits <= atMost; i++) bits += popCount(this.#words[at + i]! ^ hash[i]!);
    return bits;
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

/** Gives 16 bits of the hash that begins at word `at`. */
export function partOf(words: Uint32Array, at: number, part: number): number {
  const word = words[at + (part >>> 1)]!;
  return part % 2 === 0 ? word >>> 16 : word & 0xffff;
}
