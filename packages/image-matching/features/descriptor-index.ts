import { popCount128 } from '../pdq/hash256.ts';
import { DESCRIPTOR_WORDS } from './brief-descriptor.ts';

/** Number of hash tables; each files a descriptor by the first bits of one of its words. */
const TABLES = 6;
const MIN_KEY_BITS = 10;
const MAX_KEY_BITS = 22;
/** Average bucket size at which keys grow by a bit. */
const GROW_AT = 4;
/** Most descriptors read of one bucket. Fuller buckets hold interface text or repeated patterns, which tell nothing. */
const MAX_BUCKET = 32;
const NONE = -1;

/**
 * A record fills one cache line, because a comparison mostly waits for memory. It holds the words, the next slot in the bucket of
 * each table, the owner and the feature's number.
 */
const RECORD = 16;
const NEXT = DESCRIPTOR_WORDS;
const OWNER = NEXT + TABLES;
const FEATURE = OWNER + 1;

/**
 * Finds similar local features among many assets: locality-sensitive hashing of binary descriptors (Indyk, Motwani, 1998)
 * in typed arrays. Descriptors that differ in few bits most likely share all key bits of one table. Assets are added and
 * removed in place.
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

  /** Makes room for `count` more at once, which is cheaper than growing many times. */
  reserve(count: number): void {
    const slots = this.#end + Math.max(0, count - this.#free.length);
    const capacity = this.#records.length / RECORD;
    if (slots > capacity) {
      // A quarter more than needed, so that single assets don't each copy everything. Unused pages cost nothing.
      const larger = new Int32Array(Math.max(1024, Math.ceil(slots * 1.25)) * RECORD);
      larger.set(this.#records);
      this.#records = larger;
    }
    if (this.size + count > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#refile(count);
  }

  /** Files an owner's descriptors and gives their slots, for `remove`. */
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
   * Calls `found` for descriptors that differ in at most `atMost` bits: for most of them, and for some more than once. `found`
   * returns the new limit, so that a near hit ends the interest in far ones.
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

  /** Walks the bucket to the slot before; buckets are short. */
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

  /** Lengthens the keys to keep buckets short. Over its life, a descriptor is filed again about once. */
  #refile(more: number): void {
    while (this.size + more > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#keyBits++;
    this.#heads = new Int32Array(TABLES << this.#keyBits).fill(NONE);
    for (let slot = 0; slot < this.#end; slot++) {
      if (this.#records[slot * RECORD + OWNER] !== NONE) this.#file(slot);
    }
  }
}

/** Bits in which two descriptors differ; stops with a number above `atMost` when the first half exceeds it. */
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
