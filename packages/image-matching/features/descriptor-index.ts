import { popCount } from '../pdq/hash256.ts';
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
 * Local features of many assets, found by likeness: locality-sensitive hashing over binary descriptors (Indyk, Motwani,
 * 1998) in typed arrays. Descriptors that differ in few bits most likely agree in all key bits of one of the tables.
 * Assets come and go in place.
 */
export class DescriptorIndex {
  #words = new Uint32Array(0);
  #owners = new Int32Array(0);
  #features = new Uint16Array(0);
  #next = new Int32Array(0);
  #heads = new Int32Array(0);
  #keyBits = MIN_KEY_BITS;
  readonly #free: number[] = [];
  #end = 0;
  /** The query that last met a slot. */
  #seenBy = new Uint32Array(0);
  #query = 0;

  constructor() {
    this.#heads = new Int32Array(TABLES << this.#keyBits).fill(NONE);
  }

  get size(): number {
    return this.#end - this.#free.length;
  }

  get bytes(): number {
    const arrays = [this.#words, this.#owners, this.#features, this.#next, this.#heads, this.#seenBy];
    return arrays.reduce((sum, array) => sum + array.byteLength, 0);
  }

  /** Files an owner's descriptors; gives their slots, for `remove`. */
  add(owner: number, descriptors: Uint32Array): Int32Array {
    const count = descriptors.length / DESCRIPTOR_WORDS;
    if (this.size + count > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#refile(count);
    this.#reserve(this.#end + Math.max(0, count - this.#free.length));
    const slots = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const slot = this.#free.pop() ?? this.#end++;
      this.#words.set(
        descriptors.subarray(i * DESCRIPTOR_WORDS, (i + 1) * DESCRIPTOR_WORDS),
        slot * DESCRIPTOR_WORDS,
      );
      this.#owners[slot] = owner;
      this.#features[slot] = i;
      this.#file(slot);
      slots[i] = slot;
    }
    return slots;
  }

  remove(slots: Int32Array): void {
    for (const slot of slots) {
      for (let table = 0; table < TABLES; table++) this.#unlink(slot, table);
      this.#owners[slot] = NONE;
      this.#free.push(slot);
    }
  }

  /** Calls `found` for the descriptors met that differ in at most `atMost` bits: most of them, not all. */
  search(
    descriptors: Uint32Array,
    feature: number,
    atMost: number,
    found: (owner: number, feature: number, distance: number) => void,
  ): void {
    const from = feature * DESCRIPTOR_WORDS;
    this.#beginQuery();
    for (let table = 0; table < TABLES; table++) {
      let slot = this.#heads[this.#bucket(table, descriptors[from + table]!)]!;
      for (let met = 0; slot !== NONE && met < MAX_BUCKET; met++, slot = this.#next[slot * TABLES + table]!) {
        if (this.#seenBy[slot] === this.#query) continue;
        this.#seenBy[slot] = this.#query;
        const distance = this.#distance(slot, descriptors, from, atMost);
        if (distance <= atMost) found(this.#owners[slot]!, this.#features[slot]!, distance);
      }
    }
  }

  #distance(slot: number, descriptors: Uint32Array, from: number, atMost: number): number {
    const at = slot * DESCRIPTOR_WORDS;
    let bits = 0;
    for (let i = 0; i < DESCRIPTOR_WORDS && bits <= atMost; i++) {
      bits += popCount(this.#words[at + i]! ^ descriptors[from + i]!);
    }
    return bits;
  }

  #bucket(table: number, word: number): number {
    return (table << this.#keyBits) + (word >>> (32 - this.#keyBits));
  }

  #file(slot: number): void {
    for (let table = 0; table < TABLES; table++) {
      const bucket = this.#bucket(table, this.#words[slot * DESCRIPTOR_WORDS + table]!);
      this.#next[slot * TABLES + table] = this.#heads[bucket]!;
      this.#heads[bucket] = slot;
    }
  }

  /** Buckets are short: they are walked to the slot before. */
  #unlink(slot: number, table: number): void {
    const bucket = this.#bucket(table, this.#words[slot * DESCRIPTOR_WORDS + table]!);
    const after = this.#next[slot * TABLES + table]!;
    let at = this.#heads[bucket]!;
    if (at === slot) {
      this.#heads[bucket] = after;
      return;
    }
    while (this.#next[at * TABLES + table] !== slot) at = this.#next[at * TABLES + table]!;
    this.#next[at * TABLES + table] = after;
  }

  /** Longer keys for all, so that buckets stay short: each descriptor is filed again about once. */
  #refile(more: number): void {
    while (this.size + more > GROW_AT << this.#keyBits && this.#keyBits < MAX_KEY_BITS) this.#keyBits++;
    this.#heads = new Int32Array(TABLES << this.#keyBits).fill(NONE);
    for (let slot = 0; slot < this.#end; slot++) if (this.#owners[slot] !== NONE) this.#file(slot);
  }

  #beginQuery(): void {
    this.#query = (this.#query + 1) >>> 0;
    if (this.#query === 0) {
      this.#seenBy.fill(0);
      this.#query = 1;
    }
  }

  #reserve(slots: number): void {
    if (slots <= this.#owners.length) return;
    const capacity = Math.max(1024, slots, Math.floor(this.#owners.length * 1.5));
    this.#words = grown(this.#words, new Uint32Array(capacity * DESCRIPTOR_WORDS));
    this.#owners = grown(this.#owners, new Int32Array(capacity));
    this.#features = grown(this.#features, new Uint16Array(capacity));
    this.#next = grown(this.#next, new Int32Array(capacity * TABLES));
    this.#seenBy = grown(this.#seenBy, new Uint32Array(capacity));
  }
}

function grown<T extends Uint32Array | Int32Array | Uint16Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
