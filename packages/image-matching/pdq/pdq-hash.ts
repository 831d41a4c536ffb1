import { kernels, Room } from '../kernels/kernels.ts';
import { lowFrequencies, SAMPLES } from './dct.ts';
import { HASH_BITS, HASH_WORDS, type Hash256 } from './hash256.ts';
import { filterAndSample } from './jarosz-filter.ts';

/** Below this quality a picture is too flat for its hash to mean anything (PDQ's own rule). */
export const MIN_QUALITY = 50;

/** PDQ's frequencies before they become bits: enough for all eight turns. */
export interface PdqFeatures {
  /** 16 × 16, row by row. */
  readonly frequencies: Float32Array;
  /** 0 (flat) to 100; hashes below 50 say little. */
  readonly quality: number;
}

/**
 * PDQ of a picture given as luma 0 to 255 (`width × height`, row by row). Bit-exact to the C++ reference of
 * facebook/ThreatExchange when it is given the same pixels.
 */
export function pdqFeatures(luma: Float32Array, width: number, height: number): PdqFeatures {
  const square = filterAndSample(luma, width, height, SAMPLES);
  return { frequencies: lowFrequencies(square), quality: quality(square) };
}

/** Makes the hash: bit k is set when frequency k is above the median. */
export function hashOf(frequencies: Float32Array): Hash256 {
  const median = frequencies.toSorted()[HASH_BITS / 2 - 1]!;
  const hash = new Uint32Array(HASH_WORDS);
  for (let k = 0; k < HASH_BITS; k++) {
    if (frequencies[k]! > median) hash[HASH_WORDS - 1 - (k >>> 5)]! |= 1 << (k & 31);
  }
  return hash;
}

/** Quality: the sum of steps between neighbours, each in whole per cent of the full range. */
export function quality(square: Float32Array): number {
  const room = new Room();
  return Math.min(100, Math.floor(kernels.stepsOf(room.put(square)) / 90));
}
