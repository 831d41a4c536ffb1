/**
 * The ordinary words of many languages and how often they occur. An ordinary word is nobody's typo: that one rule keeps most of the false
 * hits away, and it says which names are ordinary words themselves.
 */
import { inflateRawSync } from 'node:zlib';
import table from '../tables/known-words.json' with { type: 'json' };
import { HASH_START, finishHash, hashSymbol } from '../hashing/word-hash.ts';

interface WordTable {
  /**
   * By open addressing, two numbers a word, so that one look at memory finds both: its hash (0 is free), and what is known of it: in which
   * languages it is a word, a bit each in the order of the table, and above those how often it occurs (half steps on the Zipf scale,
   * at the language where it is most frequent).
   */
  readonly entries: Int32Array;
  /** Words that were looked up lately, in a table that stays in the cache: hash and slot, -1 for no word. */
  readonly recent: Int32Array;
}

const SPACE = 32;
/** The letter that says so. */
const NOTHING_SHARED = 65;
const RECENT = 1 << 14;
const CLASS_BITS = 16;
const LONGEST_WORD = 256;

let loaded: WordTable | undefined;

/** Reads the table, once. */
export function loadKnownWords(): WordTable {
  loaded ??= unpack();
  return loaded;
}

/** Where the table holds a word, from its hash; -1 for a word that is in no list. */
export function slotOf(words: WordTable, hash: number): number {
  const { recent } = words;
  const near = 2 * (hash & (RECENT - 1));
  if (recent[near] === hash) return recent[near + 1]!;
  const slot = findSlot(words.entries, hash);
  recent[near] = hash;
  recent[near + 1] = words.entries[slot] === hash ? slot : -1;
  return recent[near + 1]!;
}

/** How often the word at a slot occurs: log10 of its occurrences in a billion words (the Zipf scale). */
export function zipfAt(words: WordTable, slot: number): number {
  return (words.entries[slot + 1]! >>> CLASS_BITS) / table.stepsPerZipf;
}

/** The languages in which the word at a slot is one, as bits. */
export function languagesAt(words: WordTable, slot: number): number {
  return words.entries[slot + 1]! & ((1 << CLASS_BITS) - 1);
}

/**
 * The table with more words: those that it has already are words of more languages then, and as frequent as they were or are now.
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

/** The slot of a hash, or the free one where it would be. */
function findSlot(entries: Int32Array, hash: number): number {
  const mask = entries.length - 1;
  let slot = (2 * hash) & mask;
  while (entries[slot] !== 0 && entries[slot] !== hash) slot = (slot + 2) & mask;
  return slot;
}

/** How many languages the table holds, and the bit of English among them. */
export const LANGUAGE_COUNT = table.languages.length;
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

/** Room for so many words, and as many again, so that a look-up ends soon. */
function emptyTable(words: number): WordTable {
  let size = 1;
  while (size < 2 * words) size *= 2;
  return { entries: new Int32Array(2 * size), recent: new Int32Array(2 * RECENT) };
}

/**
 * Words of one class: each as a letter that says how much it shares with the word before (`A` is nothing), and the rest. The hash after
 * every letter of the last word is kept, so that what is shared isn't hashed again.
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
  entries[slot + 1] = (Math.max(group, facts >>> CLASS_BITS) << CLASS_BITS) | (facts & 0xffff) | language;
}

export type { WordTable };
