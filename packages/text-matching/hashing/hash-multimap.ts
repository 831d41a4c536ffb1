/** Maps 32-bit hashes to small integers, in flat arrays: built once, then only read. A Bloom filter answers most misses. */
import { addBits, emptySet, hasBits } from './bit-set.ts';

export interface HashMultimap {
  /** The first entry of each bucket (the low bits of a hash), then the end of the last bucket. */
  readonly bucketStart: Int32Array;
  readonly hashes: Int32Array;
  readonly values: Int32Array;
  readonly bloom: Uint32Array;
}

/** Collects entries in growing arrays. */
export class HashMultimapBuilder {
  #hashes = new Int32Array(1024);
  #values = new Int32Array(1024);
  #length = 0;

  add(hash: number, value: number): void {
    if (this.#length === this.#hashes.length) {
      this.#hashes = grown(this.#hashes);
      this.#values = grown(this.#values);
    }
    this.#hashes[this.#length] = hash;
    this.#values[this.#length] = value;
    this.#length++;
  }

  build(): HashMultimap {
    const total = this.#length;
    let buckets = 64;
    while (buckets < total) buckets *= 2;
    const bucketStart = new Int32Array(buckets + 1);
    const bloom = emptySet(total);
    for (let entry = 0; entry < total; entry++) {
      const hash = this.#hashes[entry]!;
      bucketStart[(hash & (buckets - 1)) + 1]!++;
      addBits(bloom, hash);
    }
    for (let bucket = 0; bucket < buckets; bucket++) bucketStart[bucket + 1]! += bucketStart[bucket]!;
    const next = bucketStart.slice(0, buckets);
    const hashes = new Int32Array(total);
    const values = new Int32Array(total);
    for (let entry = 0; entry < total; entry++) {
      const hash = this.#hashes[entry]!;
      const slot = next[hash & (buckets - 1)]!++;
      hashes[slot] = hash;
      values[slot] = this.#values[entry]!;
    }
    return { bucketStart, hashes, values, bloom };
  }
}

/** False only if no entry has the hash; true may be wrong. */
export function mayHold(map: HashMultimap, hash: number): boolean {
  return hasBits(map.bloom, hash);
}

/** The first slot of the bucket for a hash. Compare `hashes` from here to {@link bucketEnd}. */
export function bucketBegin(map: HashMultimap, hash: number): number {
  return map.bucketStart[hash & (map.bucketStart.length - 2)]!;
}

export function bucketEnd(map: HashMultimap, hash: number): number {
  return map.bucketStart[(hash & (map.bucketStart.length - 2)) + 1]!;
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * list.length);
  larger.set(list);
  return larger;
}
