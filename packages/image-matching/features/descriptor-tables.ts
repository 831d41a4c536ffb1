/** Number of hash tables; each files a descriptor by the first bits of one of its words. */
export const TABLES = 6;
export const MIN_KEY_BITS = 10;
const MAX_KEY_BITS = 22;
/** Average bucket size at which keys grow by a bit. */
const GROW_AT = 4;
/** Most descriptors read of one bucket, the last filed. Fuller buckets hold interface text or repeated patterns, which tell nothing. */
export const MAX_BUCKET = 32;
/** No slot, and no owner. */
export const NONE = 0xffffffff;

/** Bits of a key that keep the buckets of so many descriptors short. */
export function keyBitsFor(count: number): number {
  let bits = MIN_KEY_BITS;
  while (count > GROW_AT << bits && bits < MAX_KEY_BITS) bits++;
  return bits;
}

/** Takes a descriptor that differs in few bits, and returns the new limit of bits. */
export type FoundDescriptor = (owner: number, feature: number, distance: number) => number;

export interface OwnedDescriptors {
  readonly owner: number;
  /** Eight words each. */
  readonly descriptors: Uint32Array;
}
