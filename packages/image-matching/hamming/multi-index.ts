import { distanceWithin, HASH_WORDS, popCount, type Hash256 } from '../pdq/hash256.ts';
import { type HashTable } from './hash-table.ts';

/** Number of 16-bit parts of a hash. */
const PARTS = 16;
const PART_BITS = 16;
const BUCKETS = 1 << PART_BITS;
/** Changes after which the index is worth making again: so many, or this share of all hashes. */
const CHANGES_UP_TO = 2048;
const CHANGES_SHARE = 1 / 64;

/**
 * Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Exact Search in Hamming Space with Multi-Index Hashing", 2014): two hashes
 * within r bits agree in at least one of m parts up to about r / m bits, so only hashes in those buckets are compared. And in at
 * least one, that part and the next one together also differ no more than their share (Qin, Xiao: "Pigeonring", 2018), which
 * leaves one candidate in hundreds.
 *
 * The next parts of a bucket's candidates lie side by side, because a search waits mostly for memory. Hashes added later
 * are compared one by one.
 */
export class MultiIndex {
  readonly #table: HashTable;
  /** Slots in the order of their buckets, part after part, and what each hash has in the next part. */
  readonly #slots: Int32Array;
  readonly #nexts: Uint16Array;
  /** Place of each bucket's first slot; the bucket ends where the next one begins. */
  readonly #starts = new Uint32Array(PARTS * BUCKETS + 1);
  readonly #added: number[] = [];
  #removed = 0;

  constructor(table: HashTable) {
    this.#table = table;
    this.#slots = new Int32Array(PARTS * table.size);
    this.#nexts = new Uint16Array(PARTS * table.size);
    for (let part = 0; part < PARTS; part++) this.#sort(part);
    this.#starts[PARTS * BUCKETS] = this.#slots.length;
  }

  get bytes(): number {
    return this.#slots.byteLength + this.#nexts.byteLength + this.#starts.byteLength;
  }

  /** True after so many changes that an index made anew is faster. */
  get isWorn(): boolean {
    const changes = this.#added.length + this.#removed;
    return changes > Math.max(CHANGES_UP_TO, this.#table.size * CHANGES_SHARE);
  }

  add(slot: number): void {
    this.#added.push(slot);
  }

  /** Counts a removal. The slot stays in its buckets, and {@link search} may give it. */
  remove(): void {
    this.#removed++;
  }

  /** Slots within `radius` bits, in rising order; slots of removed hashes may be among them. */
  search(hash: Hash256, radius: number): number[] {
    const { words } = this.#table;
    const [slots, nexts, starts] = [this.#slots, this.#nexts, this.#starts];
    // A hash may be near in several parts, and a slot may have got another hash.
    const found = new Set<number>();
    for (let part = 0; part < PARTS; part++) {
      const flips = FLIPS[bitsOfPart(part, radius)];
      if (flips === undefined) continue;
      const [key, first] = [partOf(hash, 0, part), part * BUCKETS];
      const nextKey = partOf(hash, 0, (part + 1) % PARTS);
      const together = bitsOfPart(part, radius) + bitsOfPart((part + 1) % PARTS, radius) + 1;
      for (const flip of flips) {
        const bucket = first + (key ^ flip);
        const end = starts[bucket + 1]!;
        const atMost = together - popCount(flip);
        for (let at = starts[bucket]!; at < end; at++) {
          if (popCount(nexts[at]! ^ nextKey) > atMost) continue;
          const slot = slots[at]!;
          if (distanceWithin(words, slot * HASH_WORDS, hash, 0, radius) <= radius) found.add(slot);
        }
      }
    }
    for (const slot of this.#added) {
      if (distanceWithin(words, slot * HASH_WORDS, hash, 0, radius) <= radius) found.add(slot);
    }
    return [...found].toSorted((a, b) => a - b);
  }

  /** Sorts the slots by one part, by counting. */
  #sort(part: number): void {
    const { words, end } = this.#table;
    const next = new Uint32Array(BUCKETS);
    for (let slot = 0; slot < end; slot++) {
      if (this.#table.has(slot)) next[partOf(words, slot * HASH_WORDS, part)]!++;
    }
    let start = part * this.#table.size;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = next[bucket]!;
      this.#starts[part * BUCKETS + bucket] = start;
      next[bucket] = start;
      start += count;
    }
    for (let slot = 0; slot < end; slot++) {
      if (!this.#table.has(slot)) continue;
      const at = next[partOf(words, slot * HASH_WORDS, part)]!++;
      this.#slots[at] = slot;
      this.#nexts[at] = partOf(words, slot * HASH_WORDS, (part + 1) % PARTS);
    }
  }
}

/** Gives 16 bits of the hash that begins at word `at`, from the front of its hexadecimal form. */
function partOf(words: Uint32Array, at: number, part: number): number {
  const word = words[at + (part >>> 1)]!;
  return part % 2 === 0 ? word >>> 16 : word & 0xffff;
}

/**
 * Bits in which a part may differ. If every part differed in more, the whole would differ in more than `radius`: the bits and
 * one more for each part make radius + 1 together. -1 for a part that needn't be searched.
 */
function bitsOfPart(part: number, radius: number): number {
  return Math.floor(radius / PARTS) - (part > radius % PARTS ? 1 : 0);
}

/** All 16-bit masks with at most so many bits set, by the number of bits. */
const FLIPS: readonly Uint16Array[] = [0, 1, 2].map(flipsOf);

function flipsOf(bits: number): Uint16Array {
  let masks = [0];
  const all = new Set(masks);
  for (let i = 0; i < bits; i++) {
    masks = masks.flatMap((mask) => Array.from({ length: PART_BITS }, (_, bit) => mask | (1 << bit)));
    for (const mask of masks) all.add(mask);
  }
  return Uint16Array.from(all);
}
