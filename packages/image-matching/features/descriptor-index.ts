import { popCount128 } from '../pdq/hash256.ts';
import { DESCRIPTOR_WORDS } from './brief-descriptor.ts';

/** Each table files a descriptor by the first bits of one of its words. */
const TABLES = 6;
const MIN_KEY_BITS = 10;
const MAX_KEY_BITS = 22;
/** Descriptors in a bucket on average, at which keys grow by a bit. */
const GROW_AT = 4;
/** What so many have in common (interface text, a repeated pattern) tells nothing: the rest of a bucket is passed over. */
const MAX_BUCKET = 32;
const NONE = -1;

/**
 * A record is one cache line, as meeting a descriptor costs mostly the wait for memory: its words, the next slot in its bucket of
 * each table, its owner and its number among the owner's.
 */
const RECORD = 16;
const NEXT = DESCRIPTOR_WORDS;
const OWNER = NEXT + TABLES;
const FEATURE = OWNER + 1;

/**
 * Local features of many assets, found by likeness: locality-sensitive hashing over binary descriptors (Indyk, Motwani,
 * 1998) in typed arrays. Descriptors that differ in few bits most likely agree in all key bits of one of the tables.
 * Assets come and go in place.
 */
export class DescriptorIndex {
  #records = new Int32Array(0);
  #heads = new Int32Array(0);
  #keyBits = MIN_KEY_BITS;
  readonly #free: number[] = [];
  #end = 0;

  constructor() {
    this.#heads = new Int32Array(TABLES << this.#keyBits).fill(NONE);
  }

  get size(): number {
    return this.#end - this.#free.length;
  }

  get bytes(): number {
    return this.#records.byteLength + this.#heads.byteLength;
  }

  /** Makes room for so many more at once: cheaper than to grow time and again. */
  reserve(count: number): void {
    const slots = this.#end + Math.max(0, count - this.#free.length);
    const capacity = this.#records.length / RECORD;
    if (slots > capacity) {
      // A quarter more, which costs nothing until it is used, so that single assets don't each copy everything.
      const larger = new Int32Array(Math.max(1024, Math.ceil(slots * 1.25)) * RECORD);
      larger.set(this.#records);
      this.#records = larger;
    }
    if (this.size + count > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#refile(count);
  }

  /** Files an owner's descriptors; gives their slots, for `remove`. */
  add(owner: number, descriptors: Uint32Array): Int32Array {
    const count = descriptors.length / DESCRIPTOR_WORDS;
    this.reserve(count);
    const slots = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const slot = this.#free.pop() ?? this.#end++;
      const at = slot * RECORD;
      this.#records.set(descriptors.subarray(i * DESCRIPTOR_WORDS, (i + 1) * DESCRIPTOR_WORDS), at);
      this.#records[at + OWNER] = owner;
      this.#records[at + FEATURE] = i;
      this.#file(slot);
      slots[i] = slot;
    }
    return slots;
  }

  remove(slots: Int32Array): void {
    for (const slot of slots) {
      for (let table = 0; table < TABLES; table++) this.#unlink(slot, table);
      this.#records[slot * RECORD + OWNER] = NONE;
      this.#free.push(slot);
    }
  }

  /**
   * Calls `found` for the descriptors met that differ in at most `atMost` bits: most of them, not all, and some more than once. What it
   * gives back is the new limit: once there is something near, what is far is of no use.
   */
  search(
    descriptors: Uint32Array,
    feature: number,
    atMost: number,
    found: (owner: number, feature: number, distance: number) => number,
  ): void {
    const from = feature * DESCRIPTOR_WORDS;
    const records = this.#records;
    let limit = atMost;
    for (let table = 0; table < TABLES; table++) {
      let slot = this.#heads[this.#bucket(table, descriptors[from + table]!)]!;
      for (let met = 0; slot !== NONE && met < MAX_BUCKET; met++) {
        const at = slot * RECORD;
        const distance = distanceWithin(records, at, descriptors, from, limit);
        if (distance <= limit) limit = found(records[at + OWNER]!, records[at + FEATURE]!, distance);
        slot = records[at + NEXT + table]!;
      }
    }
  }

  #bucket(table: number, word: number): number {
    return (table << this.#keyBits) + (word >>> (32 - this.#keyBits));
  }

  #file(slot: number): void {
    const at = slot * RECORD;
    for (let table = 0; table < TABLES; table++) {
      const bucket = this.#bucket(table, this.#records[at + table]!);
      this.#records[at + NEXT + table] = this.#heads[bucket]!;
      this.#heads[bucket] = slot;
    }
  }

  /** Buckets are short: they are walked to the slot before. */
  #unlink(slot: number, table: number): void {
    const bucket = this.#bucket(table, this.#records[slot * RECORD + table]!);
    const link = NEXT + table;
    const after = this.#records[slot * RECORD + link]!;
    let at = this.#heads[bucket]!;
    if (at === slot) {
      this.#heads[bucket] = after;
      return;
    }
    while (this.#records[at * RECORD + link] !== slot) at = this.#records[at * RECORD + link]!;
    this.#records[at * RECORD + link] = after;
  }

  /** Longer keys for all, so that buckets stay short: each descriptor is filed again about once. */
  #refile(more: number): void {
    while (this.size + more > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#keyBits++;
    this.#heads = new Int32Array(TABLES << this.#keyBits).fill(NONE);
    for (let slot = 0; slot < this.#end; slot++) {
      if (this.#records[slot * RECORD + OWNER] !== NONE) this.#file(slot);
    }
  }
}

/** Bits in which two descriptors differ, or a number above `atMost` once half of them shows that it is more. */
function distanceWithin(a: Int32Array, atA: number, b: Uint32Array, atB: number, atMost: number): number {
  const half = popCount128(
    a[atA]! ^ b[atB]!,
    a[atA + 1]! ^ b[atB + 1]!,
    a[atA + 2]! ^ b[atB + 2]!,
    a[atA + 3]! ^ b[atB + 3]!,
  );
  if (half > atMost) return half;
  return (
    half +
    popCount128(
      a[atA + 4]! ^ b[atB + 4]!,
      a[atA + 5]! ^ b[atB + 5]!,
      a[atA + 6]! ^ b[atB + 6]!,
      a[atA + 7]! ^ b[atB + 7]!,
    )
  );
}
