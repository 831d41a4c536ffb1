/**
 * Maps a key to its partition, as Kafka's Java client does: murmur2 with its seed, sign bit cleared, modulo. The
 * mapping belongs to the port, so that keys stay in their partitions when the adapter or the client library
 * changes.
 *
 * Source: Austin Appleby's MurmurHash2, 32 bits. `org.apache.kafka.common.utils.Utils.murmur2` fixes the seed
 * and how the last bytes are read.
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

/** The partition of a key. The hash is taken of its UTF-8 bytes. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(utf8.encode(key)) & 0x7fffffff) % partitions;
}
