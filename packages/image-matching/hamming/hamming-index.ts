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
    if (this.#multi !== null) this.#multi.add(slot);
    else if (this.#table.size > LINEAR_UP_TO) this.#multi = new MultiIndex(this.#table);
    return slot;
  }

  /** @throws RangeError when the slot holds no hash */
  remove(slot: number): void {
    if (this.#table.has(slot)) this.#multi?.remove(slot);
    this.#table.remove(slot);
  }

  /** Calls `found` once for every hash within `radius` bits of 256. */
  search(hash: Hash256, radius: number, found: (slot: number, distance: number) => void): void {
    if (this.#multi !== null && radius <= MULTI_INDEX_RADIUS) {
      this.#multi.search(hash, radius, found);
      return;
    }
    for (let slot = 0; slot < this.#table.end; slot++) {
      if (!this.#table.has(slot)) continue;
      const distance = this.#table.distance(slot, hash, radius);
      if (distance <= radius) found(slot, distance);
    }
  }
}
