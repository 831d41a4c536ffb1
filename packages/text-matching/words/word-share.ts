/** Zipf frequencies count uses in 10^9 words. A word in no list counts as this rare. */
const WORDS_OF_ZIPF = 9;
const LEAST_OFTEN = 1.5;

/** The power of ten of the share that a frequency means; 0 for an unknown word. */
export function shareOfZipf(zipf: number): number {
  return Math.max(LEAST_OFTEN, zipf) - WORDS_OF_ZIPF;
}
