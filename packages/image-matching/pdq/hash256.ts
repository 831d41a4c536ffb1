/** 256 bits as eight words; word 0 holds the first eight digits of the hexadecimal form. */
export type Hash256 = Uint32Array;

export const HASH_WORDS = 8;
export const HASH_BITS = 256;

export function toHex(hash: Hash256): string {
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** @throws RangeError unless given 64 hexadecimal digits */
export function fromHex(hex: string): Hash256 {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new RangeError(`not 64 hexadecimal digits: ${hex}`);
  return Uint32Array.from({ length: HASH_WORDS }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16));
}

/** The hash of a picture's colour negative. */
export function inverted(hash: Hash256): Hash256 {
  return hash.map((word) => ~word);
}

/** Counts the set bits of a word. */
export function popCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Counts the set bits of four words side by side, which is faster than one after another. */
function popCount128(w0: number, w1: number, w2: number, w3: number): number {
  const nibbles = inNibbles(w0) + inNibbles(w1);
  const more = inNibbles(w2) + inNibbles(w3);
  const bytes =
    (nibbles & 0x0f0f0f0f) +
    ((nibbles >>> 4) & 0x0f0f0f0f) +
    (more & 0x0f0f0f0f) +
    ((more >>> 4) & 0x0f0f0f0f);
  return Math.imul(bytes, 0x01010101) >>> 24;
}

/** Counts the set bits of each nibble. */
function inNibbles(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

/** Bits in which 256 bits at word `atA` differ from those at `atB`; some number above `atMost` when they are more. */
export function distanceWithin(
  a: Uint32Array,
  atA: number,
  b: Uint32Array,
  atB: number,
  atMost: number,
): number {
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

/** Bits in which two hashes differ, 0 to 256. */
export function hammingDistance(a: Hash256, b: Hash256): number {
  let bits = 0;
  for (let i = 0; i < HASH_WORDS; i++) bits += popCount(a[i]! ^ b[i]!);
  return bits;
}
