import { type Hash256 } from '../pdq/hash256.ts';
import { HashTable } from './hash-table.ts';
import { MultiIndex } from './multi-index.ts';

/** Up to this size a linear scan is as fast as buckets (bench/bench-index.ts). */
const LINEAR_UP_TO = 4096;
/** Beyond this radius multi-index hashing would read too many buckets, at any size. */
const MULTI_INDEX_RADIUS = 47;

/** Finds all hashes within a Hamming radius, exactly. Hashes are added and removed in place. */
export class HammingIndex {
  readonly #table = new HashTable();
  #multi: MultiIndex | null = null;

  get size(): number {
    return this.#table.size;
  }

  /** Memory of the index. */
  get bytes(): number {
    return this.#table.bytes + (this.#multi?.bytes ?? 0);
  }

  /** Adds a hash and gives its slot, under which `search` reports it. Slots are reused after `remove`. */
  add(hash: Hash256): number {
    const slot = this.#table.add(hash);
    this.#multi?.add(slot);
    this.#dropWorn();
    return slot;
  }

  /** @throws RangeError when the slot holds no hash */
  remove(slot: number): void {
    this.#table.remove(slot);
    this.#multi?.remove();
    this.#dropWorn();
  }

  /** Calls `found` once for every hash within `radius` bits of 256, in the order of their slots. */
  search(hash: Hash256, radius: number, found: (slot: number, distance: number) => void): void {
    if (this.#table.size > LINEAR_UP_TO && radius <= MULTI_INDEX_RADIUS) {
      this.#multi ??= new MultiIndex(this.#table);
      for (const slot of this.#multi.search(hash, radius)) {
        if (this.#table.has(slot)) found(slot, this.#table.distance(slot, hash, radius));
      }
      return;
    }
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (!this.#table.has(slot)) continue;
      const distance = this.#table.distance(slot, hash, radius);
      if (distance <= radius) found(slot, distance);
    }
  }

  /** The next search makes it anew, so that many changes at once cost little. */
  #dropWorn(): void {
    if (this.#multi?.isWorn === true) this.#multi = null;
  }
}
