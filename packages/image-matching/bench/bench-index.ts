import { HammingIndex } from '../hamming/hamming-index.ts';
import { hammingDistance, HASH_WORDS, type Hash256 } from '../pdq/hash256.ts';

const RADIUS = 31;

let state = 1;
/** Fast random words (xorshift, Marsaglia 2003). */
function word(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
const hash = (): Hash256 => Uint32Array.from({ length: HASH_WORDS }, word);

function near(of: Hash256): Hash256 {
  const copy = of.slice();
  for (let i = 0; i < RADIUS; i++) copy[word() % HASH_WORDS]! ^= 1 << (word() % 32);
  return copy;
}

/** Measures look-ups in indexes of random hashes, each query near one hash, and checks the answers by brute force. */
export function benchIndex(sizes: readonly number[]): void {
  for (const size of sizes) {
    const index = new HammingIndex();
    const hashes = Array.from({ length: size }, hash);
    const built = performance.now();
    for (const each of hashes) index.add(each);
    // The first search sorts what was added.
    index.search(hashes[0]!, RADIUS, () => undefined);
    const buildMs = performance.now() - built;
    const queries = Array.from({ length: 400 }, () => near(hashes[word() % size]!));
    const began = performance.now();
    let hits = 0;
    for (const query of queries) index.search(query, RADIUS, () => hits++);
    const perSecond = (queries.length / (performance.now() - began)) * 1000;
    const checked = queries.slice(0, 50);
    let expected = 0;
    let found = 0;
    const bruteBegan = performance.now();
    for (const query of checked) {
      for (const each of hashes) if (hammingDistance(each, query) <= RADIUS) expected++;
    }
    const brutePerSecond = (checked.length / (performance.now() - bruteBegan)) * 1000;
    for (const query of checked) index.search(query, RADIUS, () => found++);
    if (found !== expected) throw new Error(`the index found ${found}, brute force ${expected}`);
    console.log(
      `${String(size).padStart(9)} hashes: ${perSecond.toFixed(0).padStart(8)} look-ups/s (brute force ${brutePerSecond.toFixed(1)}), ${(index.bytes / 1e6).toFixed(1)} MB, ` +
        `built in ${buildMs.toFixed(0)} ms, equal to brute force on ${checked.length} queries (${found} hits)`,
    );
  }
}
