import { type Hash256 } from '../pdq/hash256.ts';
import { partOf, type HashTable } from './hash-table.ts';

/** Number of 16-bit parts of a hash. */
const PARTS = 16;
const PART_BITS = 16;
const BUCKETS = 1 << PART_BITS;
const NONE = -1;

/**
 * Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Exact Search in Hamming Space with Multi-Index Hashing", 2014):
 * two hashes within r bits agree in at least one of m parts up to ⌊r / m⌋ bits, so only hashes in those
 * buckets are compared. Buckets are doubly linked lists in typed arrays: adding and removing is O(1).
 */
export class MultiIndex {
  readonly #table: HashTable;
  readonly #heads = new Int32Array(PARTS * BUCKETS).fill(NONE);
  #next = new Int32Array(0);
  #previous = new Int32Array(0);
  /** Number of the last query that met each slot, so that one query compares a slot once. */
  #seenBy = new Uint32Array(0);
  #query = 0;

  constructor(table: HashTable) {
    this.#table = table;
    for (let slot = 0; slot < table.end; slot++) if (table.has(slot)) this.add(slot);
  }

  get bytes(): number {
    return (
      this.#heads.byteLength + this.#next.byteLength + this.#previous.byteLength + this.#seenBy.byteLength
    );
  }

  add(slot: number): void {
    this.#reserve(slot + 1);
    for (let part = 0; part < PARTS; part++) {
      const bucket = part * BUCKETS + this.#table.part(slot, part);
      const link = slot * PARTS + part;
      const head = this.#heads[bucket]!;
      this.#next[link] = head;
      this.#previous[link] = NONE;
      if (head !== NONE) this.#previous[head * PARTS + part] = slot;
      this.#heads[bucket] = slot;
    }
  }

  /** Call while the table still holds the slot's hash. */
  remove(slot: number): void {
    for (let part = 0; part < PARTS; part++) {
      const link = slot * PARTS + part;
      const next = this.#next[link]!;
      const previous = this.#previous[link]!;
      if (next !== NONE) this.#previous[next * PARTS + part] = previous;
      if (previous !== NONE) this.#next[previous * PARTS + part] = next;
      else this.#heads[part * BUCKETS + this.#table.part(slot, part)] = next;
    }
  }

  /** Calls `found` once for every slot within `radius` bits. */
  search(hash: Hash256, radius: number, found: (slot: number, distance: number) => void): void {
    this.#beginQuery();
    const flips = flipsUpTo(Math.floor(radius / PARTS));
    for (let part = 0; part < PARTS; part++) {
      const key = partOf(hash, 0, part);
      for (const flip of flips) {
        let slot = this.#heads[part * BUCKETS + (key ^ flip)]!;
        for (; slot !== NONE; slot = this.#next[slot * PARTS + part]!) {
          if (this.#seenBy[slot] === this.#query) continue;
          this.#seenBy[slot] = this.#query;
          const distance = this.#table.distance(slot, hash, radius);
          if (distance <= radius) found(slot, distance);
        }
      }
    }
  }

  #beginQuery(): void {
    this.#query = (this.#query + 1) >>> 0;
    if (this.#query === 0) {
      this.#seenBy.fill(0);
      this.#query = 1;
    }
  }

  #reserve(slots: number): void {
    if (slots <= this.#seenBy.length) return;
    const capacity = Math.max(1024, this.#table.end, this.#seenBy.length * 2);
    const grown = (old: Int32Array) => {
      const array = new Int32Array(capacity * PARTS);
      array.set(old);
      return array;
    };
    this.#next = grown(this.#next);
    this.#previous = grown(this.#previous);
    const seenBy = new Uint32Array(capacity);
    seenBy.set(this.#seenBy);
    this.#seenBy = seenBy;
  }
}

const FLIPS: readonly Uint16Array[] = [0, 1, 2].map(flipsOf);

/** All 16-bit masks with at most `bits` bits set. */
function flipsUpTo(bits: number): Uint16Array {
  return FLIPS[bits] ?? flipsOf(bits);
}

function flipsOf(bits: number): Uint16Array {
  let masks = [0];
  const all = new Set(masks);
  for (let i = 0; i < bits; i++) {
    masks = masks.flatMap((mask) => Array.from({ length: PART_BITS }, (_, bit) => mask | (1 << bit)));
    for (const mask of masks) all.add(mask);
  }
  return Uint16Array.from(all);
}
