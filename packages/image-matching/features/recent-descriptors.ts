import { distanceWithin } from '../pdq/hash256.ts';
import { DESCRIPTOR_WORDS } from './brief-descriptor.ts';
import {
  keyBitsFor,
  MAX_BUCKET,
  MIN_KEY_BITS,
  NONE,
  TABLES,
  type FoundDescriptor,
  type OwnedDescriptors,
} from './descriptor-tables.ts';

/**
 * A record fills one cache line, because a comparison mostly waits for memory. It holds the words, the next slot in the bucket of
 * each table, the owner and the feature's number.
 */
const RECORD = 16;
const NEXT = DESCRIPTOR_WORDS;
const OWNER = NEXT + TABLES;
const FEATURE = OWNER + 1;

/**
 * Descriptors that were filed one by one, in chains that change in place. Twice as large and slower to walk than
 * {@link SortedDescriptors}, so they are few.
 */
export class RecentDescriptors {
  #records = new Uint32Array(0);
  #heads: Uint32Array;
  #keyBits = MIN_KEY_BITS;
  readonly #free: number[] = [];
  readonly #slotsOf = new Map<number, Uint32Array>();
  #end = 0;

  constructor() {
    this.#heads = new Uint32Array(TABLES << this.#keyBits).fill(NONE);
  }

  get size(): number {
    return this.#end - this.#free.length;
  }

  get bytes(): number {
    return this.#records.byteLength + this.#heads.byteLength;
  }

  /** Files an owner's descriptors. */
  add(owner: number, descriptors: Uint32Array): void {
    const count = descriptors.length / DESCRIPTOR_WORDS;
    this.#reserve(count);
    const slots = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const slot = this.#free.pop() ?? this.#end++;
      const at = slot * RECORD;
      this.#records.set(descriptors.subarray(i * DESCRIPTOR_WORDS, (i + 1) * DESCRIPTOR_WORDS), at);
      this.#records[at + OWNER] = owner;
      this.#records[at + FEATURE] = i;
      this.#file(slot);
      slots[i] = slot;
    }
    this.#slotsOf.set(owner, slots);
  }

  /** Gives false for an owner without descriptors here. */
  remove(owner: number): boolean {
    const slots = this.#slotsOf.get(owner);
    if (slots === undefined) return false;
    for (const slot of slots) {
      for (let table = 0; table < TABLES; table++) this.#unlink(slot, table);
      this.#records[slot * RECORD + OWNER] = NONE;
      this.#free.push(slot);
    }
    return this.#slotsOf.delete(owner);
  }

  /** Each owner with its descriptors. */
  *owned(): Generator<OwnedDescriptors> {
    for (const [owner, slots] of this.#slotsOf) {
      const descriptors = new Uint32Array(slots.length * DESCRIPTOR_WORDS);
      slots.forEach((slot, i) => {
        const words = this.#records.subarray(slot * RECORD, slot * RECORD + DESCRIPTOR_WORDS);
        descriptors.set(words, i * DESCRIPTOR_WORDS);
      });
      yield { owner, descriptors };
    }
  }

  /**
   * Calls `found` as {@link DescriptorIndex.search} does, and gives the last limit.
   */
  search(descriptors: Uint32Array, feature: number, atMost: number, found: FoundDescriptor): number {
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
    return limit;
  }

  /** Makes room for `count` more at once. */
  #reserve(count: number): void {
    const slots = this.#end + Math.max(0, count - this.#free.length);
    if (slots > this.#records.length / RECORD) {
      // A quarter more than needed, so that single assets don't each copy everything. Unused pages cost nothing.
      const larger = new Uint32Array(Math.max(1024, Math.ceil(slots * 1.25)) * RECORD);
      larger.set(this.#records);
      this.#records = larger;
    }
    if (keyBitsFor(this.size + count) > this.#keyBits) this.#refile(count);
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
    this.#keyBits = keyBitsFor(this.size + more);
    this.#heads = new Uint32Array(TABLES << this.#keyBits).fill(NONE);
    for (let slot = 0; slot < this.#end; slot++) {
      if (this.#records[slot * RECORD + OWNER] !== NONE) this.#file(slot);
    }
  }
}
