/** Adds a watch list's own ordinary words to the table: a brand's vocabulary, slang, words learned from clean posts. */
import { nameForm } from '../names/name-form.ts';
import { LANGUAGE_COUNT, addKnownWords, type WordTable } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';

/** A frequency (Zipf) too high for a typo, and too low to count as a word glued to a name. */
const ORDINARY_ZIPF = 3;
const EVERY_LANGUAGE = (1 << LANGUAGE_COUNT) - 1;

/** Matches between the words of a name and at its humps. */
const PARTS = /[^\p{L}\p{M}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u;

/** The hash of a single word, as a text's words are hashed; undefined if it holds no letter. */
export function hashOfWord(word: string): number | undefined {
  const key = nameForm(0, word)?.key;
  return key === undefined ? undefined : hashWord(key, 0, key.length);
}

/**
 * Returns the table with more words. Words of watched names are left out, so that they are still looked for.
 *
 * @param words - single words, in any writing
 * @param names - the watched names
 */
export function withOrdinaryWords(
  known: WordTable,
  words: readonly string[],
  names: Iterable<string | undefined>,
): WordTable {
  if (words.length === 0) return known;
  const ofNames = wordsOfNames(names);
  const hashes = words.flatMap((word) => hashOfWord(word) ?? []).filter((hash) => !ofNames.has(hash));
  return addKnownWords(known, hashes, { zipf: ORDINARY_ZIPF, languages: EVERY_LANGUAGE });
}

/** The hashes of the names, each written as one word, and of their words. */
export function wordsOfNames(names: Iterable<string | undefined>): ReadonlySet<number> {
  const hashes = new Set<number>();
  for (const name of names) {
    if (name === undefined) continue;
    for (const word of [name, ...name.split(PARTS)]) {
      const hash = hashOfWord(word);
      if (hash !== undefined) hashes.add(hash);
    }
  }
  return hashes;
}
