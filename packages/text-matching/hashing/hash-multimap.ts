/** Maps 32-bit hashes to small integers, in flat arrays: built once, then only read. A Bloom filter answers most misses. */
import { atOnce, endsStep, type Steps } from '../steps.ts';
import { addBits, emptySet, hasBits } from './bit-set.ts';
import { NumberList } from './number-list.ts';

export interface HashMultimap {
  /** The first entry of each bucket (the low bits of a hash), then the end of the last bucket. */
  readonly bucketStart: Int32Array;
  /** The part of each entry's hash that its bucket does not tell: its high half or, where buckets are few, all of it. */
  readonly tags: Uint16Array | Uint32Array;
  /** The bits of a hash that its tag leaves out. */
  readonly tagShift: number;
  readonly values: Int32Array;
  readonly bloom: Uint32Array;
}

const FEWEST_BUCKETS = 64;
/** From so many buckets on, a bucket tells the low half of a hash. */
const BUCKETS_OF_HALF = 1 << 16;
const HALF = 16;
/** Of more entries two share a bucket, which saves as much room as a look at one more entry is worth. */
const MANY = 1 << 21;
/** Entries per step: some milliseconds. */
const ENTRIES_PER_STEP = 1 << 16;

/** Collects entries. */
export class HashMultimapBuilder {
  readonly #hashes = new NumberList();
  readonly #values = new NumberList();

  add(hash: number, value: number): void {
    this.#hashes.push(hash);
    this.#values.push(value);
  }

  /** Builds the map. The entries are not kept. */
  build(): HashMultimap {
    return atOnce(this.buildSteps());
  }

  *buildSteps(): Steps<HashMultimap> {
    const total = this.#hashes.length;
    let buckets = FEWEST_BUCKETS;
    const entriesPerBucket = total > MANY ? 2 : 1;
    while (entriesPerBucket * buckets < total) buckets *= 2;
    const bucketStart = new Int32Array(buckets + 1);
    const bloom = emptySet(total);
    // Counts the entries of each bucket two places ahead, so that filling them leaves each start in its place.
    for (let entry = 0; entry < total; entry++) {
      if (endsStep(entry, ENTRIES_PER_STEP)) yield;
      const hash = this.#hashes.at(entry);
      const bucket = hash & (buckets - 1);
      if (bucket + 2 <= buckets) bucketStart[bucket + 2]!++;
      addBits(bloom, hash);
    }
    for (let bucket = 2; bucket <= buckets; bucket++) bucketStart[bucket]! += bucketStart[bucket - 1]!;
    const tagShift = buckets >= BUCKETS_OF_HALF ? HALF : 0;
    const tags = tagShift > 0 ? new Uint16Array(total) : new Uint32Array(total);
    const values = new Int32Array(total);
    for (let entry = 0; entry < total; entry++) {
      if (endsStep(entry, ENTRIES_PER_STEP)) yield;
      const hash = this.#hashes.at(entry);
      const slot = bucketStart[(hash & (buckets - 1)) + 1]!++;
      tags[slot] = hash >>> tagShift;
      values[slot] = this.#values.at(entry);
    }
    this.#hashes.clear();
    this.#values.clear();
    return { bucketStart, tags, tagShift, values, bloom };
  }
}

/** False only if no entry has the hash; true may be wrong. */
export function mayHold(map: HashMultimap, hash: number): boolean {
  return hasBits(map.bloom, hash);
}

/** The first slot of the bucket for a hash. Ask {@link isAt} from here to {@link bucketEnd}. */
export function bucketBegin(map: HashMultimap, hash: number): number {
  return map.bucketStart[hash & (map.bucketStart.length - 2)]!;
}

export function bucketEnd(map: HashMultimap, hash: number): number {
  return map.bucketStart[(hash & (map.bucketStart.length - 2)) + 1]!;
}

/** True if the entry in a slot of a hash's bucket has that hash. */
export function isAt(map: HashMultimap, slot: number, hash: number): boolean {
  return map.tags[slot] === hash >>> map.tagShift;
}
