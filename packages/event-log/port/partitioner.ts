/**
 * Which partition a key belongs to. It is part of the port, and the same as in Kafka's Java client (murmur2 with its seed,
 * sign bit cleared, modulo), so that a key stays where it is when adapter or client library changes.
 *
 * Source of the hash: Austin Appleby's MurmurHash2, 32 bits, as `org.apache.kafka.common.utils.Utils.murmur2` fixes its
 * seed and reads the last bytes.
 */
const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;
const SHIFT = 24;

/** MurmurHash2 of bytes, as a signed 32-bit integer. */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeWords = bytes.byteLength & ~3;
  let hash = SEED ^ bytes.byteLength;
  for (let at = 0; at < wholeWords; at += 4) {
    const mixed = Math.imul(view.getInt32(at, true), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(mixed ^ (mixed >>> SHIFT), MULTIPLIER);
  }
  if (wholeWords < bytes.byteLength) {
    for (let at = bytes.byteLength - 1; at >= wholeWords; at--) {
      hash ^= view.getUint8(at) << (8 * (at - wholeWords));
    }
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) | 0;
}

const utf8 = new TextEncoder();

/** The partition of a key, its UTF-8 bytes hashed, among `partitions`. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(utf8.encode(key)) & 0x7fffffff) % partitions;
}
