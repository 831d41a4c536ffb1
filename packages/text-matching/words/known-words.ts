/**
 * The ordinary words of many languages, with their frequency. An ordinary word is not a typo: this rule prevents most false hits.
 * The table also tells which names are ordinary words themselves.
 */
import { inflateRawSync } from 'node:zlib';
import table from '../tables/known-words.json' with { type: 'json' };
import { HASH_START, finishHash, hashSymbol } from '../hashing/word-hash.ts';

interface WordTable {
  /**
   * An open-addressing table with two numbers per word, side by side in memory. The first is the hash (0: free). The second holds a
   * bit for each language in the order of the table. Above them stand two frequencies in half steps on the Zipf scale: in English, and
   * in the language where the word is most frequent.
   */
  readonly entries: Int32Array;
  /** Recent look-ups as hash and slot (-1: unknown word). This table is small enough to stay in the cache. */
  readonly recent: Int32Array;
}

const SPACE = 32;
/** The code of `A`, which marks a word that shares nothing with the one before. */
const NOTHING_SHARED = 65;
const RECENT = 1 << 14;
const LANGUAGE_BITS = 23;
const CLASS_BITS = 4;
const MOST_FREQUENT = (1 << CLASS_BITS) - 1;
const LANGUAGES = (1 << LANGUAGE_BITS) - 1;
const LONGEST_WORD = 256;

let loaded: WordTable | undefined;

/** Loads the table on the first call. */
export function loadKnownWords(): WordTable {
  loaded ??= unpack();
  return loaded;
}

/** The slot of a word, by its hash; -1 for a word in no list. */
export function slotOf(words: WordTable, hash: number): number {
  const { recent } = words;
  const near = 2 * (hash & (RECENT - 1));
  if (recent[near] === hash) return recent[near + 1]!;
  const slot = findSlot(words.entries, hash);
  recent[near] = hash;
  recent[near + 1] = words.entries[slot] === hash ? slot : -1;
  return recent[near + 1]!;
}

/** The frequency of the word at a slot: log10 of its occurrences in a billion words (the Zipf scale). */
export function zipfAt(words: WordTable, slot: number): number {
  return (words.entries[slot + 1]! >>> (LANGUAGE_BITS + CLASS_BITS)) / table.stepsPerZipf;
}

/** The frequency in English alone; 0 for a word of other languages. */
export function englishZipfAt(words: WordTable, slot: number): number {
  return englishClassOf(words.entries[slot + 1]!) / table.stepsPerZipf;
}

function englishClassOf(facts: number): number {
  return (facts >>> LANGUAGE_BITS) & MOST_FREQUENT;
}

/** The languages of the word at a slot, as bits. */
export function languagesAt(words: WordTable, slot: number): number {
  return words.entries[slot + 1]! & LANGUAGES;
}

/**
 * Returns a table with more words. A word that it already holds gains the languages and keeps the higher frequency.
 *
 * @param hashes - of single words
 */
export function addKnownWords(
  { entries }: WordTable,
  hashes: readonly number[],
  { zipf, languages }: { zipf: number; languages: number },
): WordTable {
  let count = hashes.length;
  for (let slot = 0; slot < entries.length; slot += 2) if (entries[slot] !== 0) count++;
  const words = emptyTable(count);
  for (let slot = 0; slot < entries.length; slot += 2) {
    if (entries[slot] === 0) continue;
    const own = findSlot(words.entries, entries[slot]!);
    words.entries[own] = entries[slot]!;
    words.entries[own + 1] = entries[slot + 1]!;
  }
  for (const hash of hashes) add(words, hash, zipf * table.stepsPerZipf, languages);
  return words;
}

/** The slot of a hash, or the free slot where it belongs. */
function findSlot(entries: Int32Array, hash: number): number {
  const mask = entries.length - 1;
  let slot = (2 * hash) & mask;
  while (entries[slot] !== 0 && entries[slot] !== hash) slot = (slot + 2) & mask;
  return slot;
}

/** The languages in the table, by their bits, their number, and the bit of English. */
export const LANGUAGE_CODES: readonly string[] = table.languages.map(({ language }) => language);
export const LANGUAGE_COUNT = LANGUAGE_CODES.length;
/** The languages whose words have no frequency, as bits. Their lists hold more words of chance. */
export const UNWEIGHED = table.languages.reduce(
  (bits, { hasFrequency }, index) => bits | (hasFrequency ? 0 : 1 << index),
  0,
);
export const ENGLISH_BIT = 1 << table.languages.findIndex((language) => language.language === 'en');

function unpack(): WordTable {
  const words = emptyTable(table.languages.reduce((sum, language) => sum + language.words, 0));
  for (const [index, language] of table.languages.entries()) {
    const text = inflateRawSync(Buffer.from(language.data, 'base64')).toString('utf8');
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      addLine(words, line, tab + 1, Number(line.slice(0, tab)), 1 << index);
    }
  }
  return words;
}

/** Makes a table for that many words, at most half full, so that look-ups end soon. */
function emptyTable(words: number): WordTable {
  let size = 1;
  while (size < 2 * words) size *= 2;
  return { entries: new Int32Array(2 * size), recent: new Int32Array(2 * RECENT) };
}

/**
 * Adds the words of one frequency class. Each is a letter for the length that it shares with the word before (`A`: nothing), then the
 * rest. Hashes of the last word's prefixes are kept, so the shared part is not hashed again.
 */
function addLine(words: WordTable, line: string, from: number, group: number, language: number): void {
  const hashes = new Int32Array(LONGEST_WORD);
  hashes[0] = HASH_START;
  let length = 0;
  for (let at = from; at <= line.length; at++) {
    const unit = at < line.length ? line.charCodeAt(at) : SPACE;
    if (unit === SPACE) {
      add(words, finishHash(hashes[length]!), group, language);
      at++;
      length = line.charCodeAt(at) - NOTHING_SHARED;
    } else if (at === from) {
      length = unit - NOTHING_SHARED;
    } else {
      hashes[length + 1] = hashSymbol(hashes[length]!, unit);
      length++;
    }
  }
}

function add({ entries }: WordTable, hash: number, group: number, language: number): void {
  const slot = findSlot(entries, hash);
  const facts = entries[slot + 1]!;
  entries[slot] = hash;
  const own = Math.min(group, MOST_FREQUENT);
  const most = Math.max(own, facts >>> (LANGUAGE_BITS + CLASS_BITS));
  const english = Math.max((language & ENGLISH_BIT) === 0 ? 0 : own, englishClassOf(facts));
  entries[slot + 1] =
    (most << (LANGUAGE_BITS + CLASS_BITS)) | (english << LANGUAGE_BITS) | (facts & LANGUAGES) | language;
}

export type { WordTable };
