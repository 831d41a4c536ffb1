/** Words that a watch list calls ordinary, beside those of the table: brands' own vocabulary, slang, what people have learned from clean posts. */
import { nameForm } from '../names/name-form.ts';
import { LANGUAGE_COUNT, addKnownWords, type WordTable } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';

/** Frequent enough to be nobody's typo, and too rare to prove that what is glued to a name is a word (Zipf scale). */
const ORDINARY_ZIPF = 3;
const EVERY_LANGUAGE = (1 << LANGUAGE_COUNT) - 1;

/** Between the words of a name, and at its humps. */
const PARTS = /[^\p{L}\p{M}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u;

/** The hash of a single word as texts' words have it; undefined for what holds no letter. */
export function hashOfWord(word: string): number | undefined {
  const key = nameForm(0, word)?.key;
  return key === undefined ? undefined : hashWord(key, 0, key.length);
}

/**
 * The table with more words. A word of a name that is watched stays as it was, in whatever list it is: it is always looked for.
 *
 * @param words - single words, in any writing
 * @param names - texts of the names that are watched
 */
export function withOrdinaryWords(
  known: WordTable,
  words: readonly string[],
  names: Iterable<string>,
): WordTable {
  if (words.length === 0) return known;
  const ofNames = wordsOfNames(names);
  const hashes = words.flatMap((word) => hashOfWord(word) ?? []).filter((hash) => !ofNames.has(hash));
  return addKnownWords(known, hashes, { zipf: ORDINARY_ZIPF, languages: EVERY_LANGUAGE });
}

/** The hashes of names, written together, and of each of their words. */
export function wordsOfNames(names: Iterable<string>): ReadonlySet<number> {
  const hashes = new Set<number>();
  for (const name of names) {
    for (const word of [name, ...name.split(PARTS)]) {
      const hash = hashOfWord(word);
      if (hash !== undefined) hashes.add(hash);
    }
  }
  return hashes;
}
