import { distanceWithin } from '../pdq/hash256.ts';
import { type Steps } from '../steps.ts';
import { DESCRIPTOR_WORDS } from './brief-descriptor.ts';
import {
  keyBitsFor,
  MAX_BUCKET,
  NONE,
  TABLES,
  type FoundDescriptor,
  type OwnedDescriptors,
} from './descriptor-tables.ts';

/** Buckets that share one stored place; the place of each is found by adding the counts before it. */
const GROUP = 16;

/** Descriptors that are counted or placed in one step: some milliseconds. */
const PER_STEP = 100_000;

/** One hash table: the slots of each bucket side by side, the last filed first. */
interface Table {
  readonly slots: Uint32Array;
  /** Slots of each bucket, {@link MAX_BUCKET} at most: the rest are never read. */
  readonly counts: Uint8Array;
  /** Place of the first slot of every {@link GROUP}th bucket. */
  readonly places: Uint32Array;
}

/**
 * Many descriptors, filed at once. Nothing in them is a link, so each takes 56 bytes and a search knows the next candidate
 * before the last one has come from memory. An owner is removed by its name; its descriptors go with the next filing.
 */
export class SortedDescriptors {
  readonly #words: Uint32Array;
  readonly #keyBits: number;
  readonly #tables: Table[] = [];
  /** First slot of each owner in rising order, and the owners; NONE for a removed one. */
  readonly #firsts: number[] = [];
  readonly #owners: number[] = [];
  /** Place of each owner among them. */
  readonly #places = new Map<number, number>();
  #end = 0;
  #removed = 0;

  /** @param capacity descriptors to come: add them, then sort */
  constructor(capacity: number) {
    this.#words = new Uint32Array(capacity * DESCRIPTOR_WORDS);
    this.#keyBits = keyBitsFor(capacity);
  }

  get size(): number {
    return this.#end - this.#removed;
  }

  get bytes(): number {
    return this.#tables.reduce(
      (sum, { slots, counts, places }) => sum + slots.byteLength + counts.byteLength + places.byteLength,
      this.#words.byteLength,
    );
  }

  /** Adds an owner's descriptors, which are found once all are sorted. */
  add({ owner, descriptors }: OwnedDescriptors): void {
    this.#words.set(descriptors, this.#end * DESCRIPTOR_WORDS);
    this.#places.set(owner, this.#owners.length);
    this.#firsts.push(this.#end);
    this.#owners.push(owner);
    this.#end += descriptors.length / DESCRIPTOR_WORDS;
  }

  /** Files what was added. */
  *sort(): Steps<void> {
    for (let table = 0; table < TABLES; table++) this.#tables.push(yield* this.#sortBy(table));
  }

  remove(owner: number): void {
    const at = this.#places.get(owner);
    if (at === undefined) return;
    this.#places.delete(owner);
    this.#owners[at] = NONE;
    this.#removed += (this.#firsts[at + 1] ?? this.#end) - this.#firsts[at]!;
  }

  /** Each owner with its descriptors. */
  *owned(): Generator<OwnedDescriptors> {
    for (let at = 0; at < this.#owners.length; at++) {
      const [from, to] = [this.#firsts[at]!, this.#firsts[at + 1] ?? this.#end];
      const descriptors = this.#words.subarray(from * DESCRIPTOR_WORDS, to * DESCRIPTOR_WORDS);
      if (this.#owners[at] !== NONE) yield { owner: this.#owners[at]!, descriptors };
    }
  }

  /** Calls `found` as {@link DescriptorIndex.search} does, and gives the last limit. */
  search(descriptors: Uint32Array, feature: number, atMost: number, found: FoundDescriptor): number {
    const from = feature * DESCRIPTOR_WORDS;
    const words = this.#words;
    let limit = atMost;
    for (let table = 0; table < this.#tables.length; table++) {
      const { slots, counts, places } = this.#tables[table]!;
      const bucket = descriptors[from + table]! >>> (32 - this.#keyBits);
      let at = places[Math.floor(bucket / GROUP)]!;
      for (let before = bucket - (bucket % GROUP); before < bucket; before++) at += counts[before]!;
      for (const end = at + counts[bucket]!; at < end; at++) {
        const slot = slots[at]!;
        const distance = distanceWithin(words, slot * DESCRIPTOR_WORDS, descriptors, from, limit);
        if (distance > limit) continue;
        const owned = this.#ownedAt(slot);
        if (this.#owners[owned] === NONE) continue;
        limit = found(this.#owners[owned]!, slot - this.#firsts[owned]!, distance);
      }
    }
    return limit;
  }

  /** Place among the owners of the one that has a slot. */
  #ownedAt(slot: number): number {
    let [low, high] = [0, this.#firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#firsts[middle]! <= slot) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Counting sort by the first bits of one word. */
  *#sortBy(table: number): Steps<Table> {
    const buckets = 2 ** this.#keyBits;
    const shift = 32 - this.#keyBits;
    const words = this.#words;
    const counts = new Uint8Array(buckets);
    for (let at = table, slot = 0; slot < this.#end; slot++, at += DESCRIPTOR_WORDS) {
      const bucket = words[at]! >>> shift;
      if (counts[bucket]! < MAX_BUCKET) counts[bucket]!++;
      if (slot % PER_STEP === 0) yield;
    }
    const places = new Uint32Array(Math.ceil(buckets / GROUP));
    const next = new Uint32Array(buckets);
    let place = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      if (bucket % GROUP === 0) places[bucket / GROUP] = place;
      place += counts[bucket]!;
      next[bucket] = place;
    }
    // Downwards, as each bucket is filled from its end: the last filed come to stand first, and the first filed drop out.
    const slots = new Uint32Array(place);
    const left = counts.slice();
    for (let slot = this.#end - 1; slot >= 0; slot--) {
      const bucket = words[slot * DESCRIPTOR_WORDS + table]! >>> shift;
      if (slot % PER_STEP === 0) yield;
      if (left[bucket] === 0) continue;
      slots[next[bucket]! - left[bucket]!] = slot;
      left[bucket]!--;
    }
    return { slots, counts, places };
  }
}
